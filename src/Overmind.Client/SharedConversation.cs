namespace Overmind.Client;

/// <summary>A conversation as a link shows it, in the words of when it was shared.</summary>
/// <param name="HasEarlier">Whether there are more messages before these.</param>
public sealed record SharedConversation(string Title, DateTimeOffset SharedAt, DateTimeOffset? ExpiresAt, bool HasEarlier, IReadOnlyList<SharedMessage> Messages);
