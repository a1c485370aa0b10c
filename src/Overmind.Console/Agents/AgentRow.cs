namespace Overmind.WebConsole.Agents;

/// <summary>An agent as a row of the grid.</summary>
/// <param name="Key">As <c>creative</c>.</param>
/// <param name="Model">Of its latest step.</param>
public sealed record AgentRow(string Key, string Name, string Model, bool IsOffline);
