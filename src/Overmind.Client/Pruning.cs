namespace Overmind.Client;

/// <summary>How far a context window is to be pruned.</summary>
/// <param name="TargetTokens">Tokens that it has at most then; null: three quarters of its margin.</param>
sealed record Pruning(int? TargetTokens);
