namespace Overmind.Agents;

/// <summary>An agent that stands in another place, from 1.</summary>
public sealed record AgentMove(string Key, int From, int To);
