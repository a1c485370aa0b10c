namespace Overmind.Conversations.Attachments;

/// <summary>A file that messages show.</summary>
public sealed record Attachment
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>attachment</c>.</summary>
    public string Object { get; } = "attachment";

    /// <summary>1 to 255 characters, without a folder.</summary>
    public required string Name { get; init; }

    /// <summary>As its first bytes say.</summary>
    public required string MediaType { get; init; }

    public required long SizeBytes { get; init; }

    /// <summary>The SHA-256 of its content, in hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whoever sent it, and from its first message on the owner of the conversation.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Private until a message names it, then that of the conversation.</summary>
    public required Visibility Visibility { get; init; }

    public required Guid UploadedBy { get; init; }

    /// <summary>The conversation whose messages name it; null: none yet, and it is deleted after a day.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>The messages that name it, by their order in the conversation.</summary>
    public required IReadOnlyList<Guid> MessageIds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
