namespace Overmind.Client;

/// <summary>A file that messages show.</summary>
public sealed record Attachment
{
    public Guid Id { get; init; }

    /// <summary>1 to 255 characters, without a folder.</summary>
    public string Name { get; init; } = "";

    /// <summary>As <c>image/png</c>, by what its first bytes say.</summary>
    public string MediaType { get; init; } = "";

    public long SizeBytes { get; init; }

    /// <summary>The SHA-256 of its content, in hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Whoever sent it, and from its first message on the owner of the conversation.</summary>
    public Guid UserId { get; init; }

    /// <summary><c>private</c> until a message names it, then that of the conversation.</summary>
    public string Visibility { get; init; } = "";

    public Guid UploadedBy { get; init; }

    /// <summary>Null: no message names it yet, and it is deleted after a day.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>The messages that name it, by their order in the conversation.</summary>
    public IReadOnlyList<Guid> MessageIds { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }
}
