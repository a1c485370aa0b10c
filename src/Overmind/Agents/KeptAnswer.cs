namespace Overmind.Agents;

/// <summary>The answer a run keeps: the best scored one, or the latest assembled one when none was scored.</summary>
/// <param name="Iteration">The iteration that assembled it, from 1.</param>
/// <param name="Text">Markdown.</param>
/// <param name="Score">0 to 10; null when no iteration was scored.</param>
sealed record KeptAnswer(int Iteration, string Text, double? Score);
