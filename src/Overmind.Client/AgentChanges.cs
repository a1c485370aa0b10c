using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in an agent; what is null stays as it is. The limits are those of <see cref="NewAgent"/>.</summary>
public sealed record AgentChanges
{
    public string? Key { get; init; }

    public string? Name { get; init; }

    public string? Role { get; init; }

    public string? Goal { get; init; }

    public string? Backstory { get; init; }

    public string? OutputFormat { get; init; }

    public JsonElement? OutputSchema { get; init; }

    public string? Model { get; init; }

    public double? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    public bool? AllowDelegation { get; init; }

    public bool? Verbose { get; init; }

    public JsonElement? Settings { get; init; }

    public bool? IsActive { get; init; }

    public bool? IsPublic { get; init; }

    /// <summary>Members to be set to nothing, by their JSON names: <c>output_schema</c>, <c>model</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="Agent.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
