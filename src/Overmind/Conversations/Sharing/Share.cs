namespace Overmind.Conversations.Sharing;

/// <summary>A link by which anybody may read a conversation, as it was when the link was made.</summary>
public sealed record Share
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>conversation.share</c>.</summary>
    public string Object { get; } = "conversation.share";

    public required Guid ConversationId { get; init; }

    /// <summary>The conversation's when the link was made, as it is shown.</summary>
    public required string Title { get; init; }

    /// <summary>The branch that is shown; 0: the trunk.</summary>
    public required int Branch { get; init; }

    public required ShareStatus Status { get; init; }

    /// <summary>How often it was read, up to the last minute.</summary>
    public required long ViewCount { get; init; }

    /// <summary>When it was last read, up to the last minute; null: never.</summary>
    public DateTimeOffset? LastViewedAt { get; init; }

    /// <summary>Null: it is good until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public required Guid CreatedBy { get; init; }

    /// <summary>Texts are shown as they were then.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
