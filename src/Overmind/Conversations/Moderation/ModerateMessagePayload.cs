namespace Overmind.Conversations.Moderation;

/// <summary>Which message the hook is asked about.</summary>
public sealed record ModerateMessagePayload(Guid MessageId);
