namespace Overmind.Agents;

/// <summary>A member of an agent that has another value.</summary>
public sealed record AgentChange(string Key, string Field, JsonText From, JsonText To);
