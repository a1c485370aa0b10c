using Overmind.Conversations;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary>A conversation with its newest messages, oldest of them first; <c>has_more</c>: there are earlier ones.</summary>
public sealed record ConversationWithMessages(Conversation Conversation, ListResponse<Message> Messages);
