namespace Overmind.Server.Conversations;

/// <summary>How many conversations were changed.</summary>
sealed record ChangedConversations(int Count)
{
    public string Object { get; } = "conversations.changed";
}
