namespace Overmind.Conversations;

/// <summary>What a message says, or said before it was changed.</summary>
public sealed record MessageVersion
{
    /// <summary>Of the version; the current one has the message's own.</summary>
    public required Guid Id { get; init; }

    /// <summary>Always <c>message.version</c>.</summary>
    public string Object { get; } = "message.version";

    public required Guid MessageId { get; init; }

    /// <summary>From 1.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>Whether it is what the message says now.</summary>
    public required bool IsCurrent { get; init; }

    public required string Content { get; init; }

    public JsonText? ContentParts { get; init; }

    public required JsonText Metadata { get; init; }

    /// <summary>Who wrote this version; null: a model or a tool.</summary>
    public Guid? ChangedBy { get; init; }

    /// <summary>Why; null for the first, and where nobody said.</summary>
    public string? ChangeReason { get; init; }

    /// <summary>When this version was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
