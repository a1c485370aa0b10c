namespace Overmind.Client;

/// <summary>An iteration of two runs.</summary>
/// <param name="LeftScore">0 to 10; null when it is unscored, or there is none.</param>
/// <param name="RightScore">0 to 10; null when it is unscored, or there is none.</param>
public sealed record ComparedIteration(int Iteration, double? LeftScore, double? RightScore, IReadOnlyList<ComparedStep> Steps);
