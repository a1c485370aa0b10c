using Overmind.Errors;
using Overmind.Models;

namespace Overmind.Agents;

/// <summary>An agent to be made.</summary>
public sealed record NewAgent
{
    /// <summary>Given beforehand, so that making it twice makes one. Default: a new one.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>1 to 100 of <c>a-z 0-9 _ -</c>, the first a letter or digit; unique in the organization.</summary>
    public required string Key { get; init; }

    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 255 characters. Default: the name.</summary>
    public string? Role { get; init; }

    /// <summary>1 to 10,000 characters.</summary>
    public required string Goal { get; init; }

    /// <summary>1 to 10,000 characters.</summary>
    public required string Backstory { get; init; }

    public OutputFormat OutputFormat { get; init; }

    /// <summary>A JSON Schema as <see cref="AnswerSchema"/> takes it; for the format json alone.</summary>
    public string? OutputSchema { get; init; }

    /// <summary>Null: the run's.</summary>
    public ModelReference? Model { get; init; }

    /// <summary>0 to 2.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>1 to 100,000.</summary>
    public int MaxTokens { get; init; } = 500;

    public bool AllowDelegation { get; init; }

    public bool Verbose { get; init; }

    /// <summary>A JSON object.</summary>
    public string? Settings { get; init; }

    public bool IsActive { get; init; } = true;

    public bool IsPublic { get; init; }

    /// <summary>Of a copy: what it is a copy of.</summary>
    internal string? OriginKey { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        AgentRules.Check(ref checks, Key, Name, Role, Goal, Backstory, OutputSchema, Temperature, MaxTokens, Settings);
        AgentRules.CheckSchemaFits(ref checks, OutputFormat, OutputSchema is not null);
        checks.ThrowIfAny();
    }
}
