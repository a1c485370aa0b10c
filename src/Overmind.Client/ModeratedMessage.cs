namespace Overmind.Client;

/// <summary>A message that moderation has something to say about.</summary>
public sealed record ModeratedMessage
{
    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    public required string Role { get; init; }

    public required string Content { get; init; }

    /// <summary>Who sent it; null when a model or a tool did.</summary>
    public Guid? SenderUserId { get; init; }

    /// <summary><c>pending</c>, <c>approved</c>, <c>flagged</c> or <c>blocked</c>.</summary>
    public required string Status { get; init; }

    public IReadOnlyList<ModerationFlag> Flags { get; init; } = [];

    /// <summary>Null while it is pending.</summary>
    public DateTimeOffset? ModeratedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
