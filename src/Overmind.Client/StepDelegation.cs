namespace Overmind.Client;

/// <summary>A sub-question that an agent handed to another agent.</summary>
/// <param name="To">The other agent's key.</param>
public sealed record StepDelegation(string To, string Question);
