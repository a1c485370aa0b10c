namespace Overmind.Client;

sealed record ChangedConversations(int Count);
