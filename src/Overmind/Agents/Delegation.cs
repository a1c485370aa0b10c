namespace Overmind.Agents;

/// <summary>A sub-question that an agent hands to another agent of the workflow, once.</summary>
/// <param name="To">The other agent's key.</param>
/// <param name="Question">What it is asked.</param>
public sealed record Delegation(string To, string Question);
