namespace Overmind.Client;

/// <summary>A pattern that is looked for in each message.</summary>
/// <param name="Code">What a match is called.</param>
/// <param name="Pattern">A regular expression, without look-around and back-references.</param>
/// <param name="Action"><c>flag</c>, <c>block</c> or <c>off</c>.</param>
public sealed record ModerationPattern(string Code, string Pattern, string Action);
