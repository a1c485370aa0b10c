namespace Overmind.Client;

/// <summary>A step of two runs; a side that has no such step is null.</summary>
/// <param name="Name">As <c>agent:creative</c> or <c>assemble</c>.</param>
public sealed record ComparedStep(string Name, ComparedAnswer? Left, ComparedAnswer? Right);
