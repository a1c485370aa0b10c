using Overmind.Errors;
using Overmind.Models;

namespace Overmind.Agents;

/// <summary>What is to change in an agent; a member left null stays as it is. The limits are those of <see cref="NewAgent"/>.</summary>
public sealed record AgentPatch
{
    public string? Key { get; init; }

    public string? Name { get; init; }

    public string? Role { get; init; }

    public string? Goal { get; init; }

    public string? Backstory { get; init; }

    public OutputFormat? OutputFormat { get; init; }

    /// <summary>To null: none.</summary>
    public Change<string?>? OutputSchema { get; init; }

    /// <summary>To null: the run's.</summary>
    public Change<ModelReference?>? Model { get; init; }

    public double? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    public bool? AllowDelegation { get; init; }

    public bool? Verbose { get; init; }

    /// <summary>All settings, replacing what is there.</summary>
    public string? Settings { get; init; }

    public bool? IsActive { get; init; }

    public bool? IsPublic { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        AgentRules.Check(ref checks, Key, Name, Role, Goal, Backstory, OutputSchema?.Value, Temperature, MaxTokens, Settings);
        if (OutputFormat is { } format)
            AgentRules.CheckSchemaFits(ref checks, format, OutputSchema?.Value is not null);
        checks.ThrowIfAny();
    }
}
