namespace Overmind.Cli.Ask;

/// <summary>A line of a file of questions that holds none.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Problem">What is wrong with it, as <c>turns is missing</c>.</param>
sealed record MalformedLine(int Line, string Problem);
