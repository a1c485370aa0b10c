using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>What a module above does when a conversation was deleted. Registered as a service; each is called.</summary>
public delegate Task ConversationDeleted(Claims claims, Guid conversationId, CancellationToken cancellationToken);
