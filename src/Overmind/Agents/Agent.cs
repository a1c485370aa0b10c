using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>An agent of the organization.</summary>
public sealed record Agent
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>agent</c>.</summary>
    public string Object { get; } = "agent";

    /// <summary>Unique in the organization while not deleted, as <c>creative</c>.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public required string Goal { get; init; }

    public required string Backstory { get; init; }

    [JsonConverter(typeof(LowerSnakeEnum<OutputFormat>))]
    public required OutputFormat OutputFormat { get; init; }

    /// <summary>The JSON Schema its answers are held to; null: any object or array.</summary>
    public JsonText? OutputSchema { get; init; }

    /// <summary>The model it answers with, as <c>offline/offline</c>; null: the run's.</summary>
    public string? Model { get; init; }

    /// <summary>0 to 2.</summary>
    public required double Temperature { get; init; }

    /// <summary>The most tokens one answer may have.</summary>
    public required int MaxTokens { get; init; }

    public required bool AllowDelegation { get; init; }

    public required bool Verbose { get; init; }

    /// <summary>Whatever else the organization keeps with it, a JSON object.</summary>
    public required JsonText Settings { get; init; }

    /// <summary>Whether new runs use it.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Whether other organizations of the installation may read and copy it.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>Runs it took part in; a few seconds old.</summary>
    public required long UsageCount { get; init; }

    /// <summary>Mean of their best scores, 0 to 10; null while none was scored.</summary>
    public double? AvgQualityScore { get; init; }

    /// <summary>What it is a copy of: the key of a system agent, or the id of another organization's agent.</summary>
    public string? OriginKey { get; init; }

    public int? OriginVersion { get; init; }

    /// <summary>The member who made it; null: it came with the product.</summary>
    public Guid? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
