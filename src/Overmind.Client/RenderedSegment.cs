namespace Overmind.Client;

/// <summary>What became of a segment.</summary>
/// <param name="Cut">Whether it came to more than its most tokens and was cut there.</param>
/// <param name="LeftOut">Whether there is no message of it.</param>
public sealed record RenderedSegment(string Name, long Tokens, bool Cut, bool LeftOut);
