namespace Overmind.Agents;

/// <summary>A message's place in its conversation.</summary>
sealed record BranchPoint(int Branch, long Seq);
