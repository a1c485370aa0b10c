namespace Overmind.Client;

/// <summary>A conversation and its newest messages, oldest of them first; <see cref="Page{T}.HasMore"/>: there are earlier ones.</summary>
public sealed record ConversationWithMessages(Conversation Conversation, Page<Message> Messages);
