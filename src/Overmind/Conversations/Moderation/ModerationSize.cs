namespace Overmind.Conversations.Moderation;

/// <summary>What is done to a message that is longer.</summary>
/// <param name="MaxCharacters">1 to 1,048,576.</param>
public sealed record ModerationSize(int MaxCharacters, ModerationAction Action);
