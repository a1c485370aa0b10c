namespace Overmind.Agents;

/// <summary>How a replay ends.</summary>
/// <param name="Score">Of a replayed inspection, 0 to 10.</param>
sealed record ReplayOutcome(ReplayStatus Status, string? Output, string? ErrorMessage, double? Score);
