namespace Overmind.Conversations.Moderation;

/// <summary>A message that a hook is asked about, and the endpoint.</summary>
/// <param name="Secret">What signs, encrypted.</param>
sealed record PendingMessage(Guid Id, Guid ConversationId, MessageRole Role, string Content, Guid EndpointId, string Url, byte[] Secret);
