namespace Overmind.Conversations.Moderation;

/// <summary>A pattern that is looked for in each message.</summary>
/// <param name="Code">What a match is called, 1 to 64 characters.</param>
/// <param name="Pattern">A regular expression of 1 to 500 characters, whatever the case; without look-around and back-references, so that no message makes it slow.</param>
public sealed record ModerationPattern(string Code, string Pattern, ModerationAction Action);
