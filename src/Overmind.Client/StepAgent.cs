namespace Overmind.Client;

/// <summary>Who answers in a step.</summary>
public sealed record StepAgent(Guid Id, string Key, string Name);
