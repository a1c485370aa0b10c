namespace Overmind.Conversations.Sharing;

/// <summary>A conversation as a link shows it: the newest 1,000 messages of people and models on the branch, in the words of when it was shared.</summary>
/// <param name="HasEarlier">Whether there are more before these.</param>
public sealed record SharedConversation(string Title, DateTimeOffset SharedAt, DateTimeOffset? ExpiresAt, bool HasEarlier, IReadOnlyList<SharedMessage> Messages)
{
    /// <summary>Always <c>shared_conversation</c>.</summary>
    public string Object { get; } = "shared_conversation";
}
