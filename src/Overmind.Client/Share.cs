namespace Overmind.Client;

/// <summary>A link by which anybody may read a conversation, as it was when the link was made.</summary>
public sealed record Share
{
    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    public required string Title { get; init; }

    /// <summary>The branch that is shown; 0: the trunk.</summary>
    public required int Branch { get; init; }

    /// <summary><c>active</c>, <c>expired</c> or <c>revoked</c>.</summary>
    public required string Status { get; init; }

    /// <summary>How often it was read, up to the last minute.</summary>
    public required long ViewCount { get; init; }

    public DateTimeOffset? LastViewedAt { get; init; }

    /// <summary>Null: it is good until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public required Guid CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
