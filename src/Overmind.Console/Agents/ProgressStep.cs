namespace Overmind.WebConsole.Agents;

/// <summary>A stage of the iteration under way.</summary>
/// <param name="Name">Agents, Observe, Distil, Assemble or Inspect.</param>
/// <param name="Done">Of the agents: how many have answered or failed.</param>
/// <param name="Count">Of the agents: how many there are; 1 for the others.</param>
public sealed record ProgressStep(string Name, ProgressState State, int Done, int Count);
