namespace Overmind.Client;

/// <summary>More of an answer, or its end.</summary>
/// <param name="Delta">What is new; may be empty.</param>
/// <param name="Answer">The last update has it.</param>
public sealed record PlaygroundUpdate(string Delta, PlaygroundAnswer? Answer);
