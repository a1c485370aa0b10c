using Overmind.Models;

namespace Overmind.Agents;

/// <summary>What a copy of an agent begins as. It is not public, and its uses begin anew.</summary>
static class AgentCopies
{
    public static NewAgent Of(Agent agent) => new()
    {
        Key = agent.Key,
        Name = agent.Name,
        Role = agent.Role,
        Goal = agent.Goal,
        Backstory = agent.Backstory,
        OutputFormat = agent.OutputFormat,
        OutputSchema = agent.OutputSchema?.ToString(),
        Model = agent.Model is { } model ? ModelReference.Parse(model) : null,
        Temperature = agent.Temperature,
        MaxTokens = agent.MaxTokens,
        AllowDelegation = agent.AllowDelegation,
        Verbose = agent.Verbose,
        Settings = agent.Settings.ToString(),
    };

    /// <summary>The original is remembered by its id. Its model stays behind: the other organization may have other providers.</summary>
    public static NewAgent Of(PublicAgent agent) => new()
    {
        Key = agent.Key,
        Name = agent.Name,
        Role = agent.Role,
        Goal = agent.Goal,
        Backstory = agent.Backstory,
        OutputFormat = agent.OutputFormat,
        OutputSchema = agent.OutputSchema?.ToString(),
        Temperature = agent.Temperature,
        MaxTokens = agent.MaxTokens,
        OriginKey = agent.Id.ToString(),
    };
}
