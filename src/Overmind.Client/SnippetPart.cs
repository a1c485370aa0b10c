namespace Overmind.Client;

/// <summary>A part of a snippet: text as it was written, to be escaped where it is shown as HTML.</summary>
/// <param name="Match">Whether it is what was looked for.</param>
public sealed record SnippetPart(string Text, bool Match);
