namespace Overmind.Conversations.Moderation;

/// <summary>A message that moderation has something to say about.</summary>
public sealed record ModeratedMessage
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>moderation.message</c>.</summary>
    public string Object { get; } = "moderation.message";

    public required Guid ConversationId { get; init; }

    public required MessageRole Role { get; init; }

    public required string Content { get; init; }

    /// <summary>Who sent it; null when a model or a tool did.</summary>
    public Guid? SenderUserId { get; init; }

    public required ModerationStatus Status { get; init; }

    /// <summary>What was found, and what reviewers said, in its order.</summary>
    public required IReadOnlyList<ModerationFlag> Flags { get; init; }

    /// <summary>When it was moderated; null while it is pending.</summary>
    public DateTimeOffset? ModeratedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
