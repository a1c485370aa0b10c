namespace Overmind.Client;

/// <summary>What is done to a message that is longer.</summary>
/// <param name="Action"><c>flag</c>, <c>block</c> or <c>off</c>.</param>
public sealed record ModerationSize(int MaxCharacters, string Action);
