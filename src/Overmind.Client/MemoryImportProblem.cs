namespace Overmind.Client;

/// <summary>A line that was not imported.</summary>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record MemoryImportProblem(long Line, string Message);
