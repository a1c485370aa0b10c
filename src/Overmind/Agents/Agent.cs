using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>An agent of the organization.</summary>
public sealed record Agent
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>agent</c>.</summary>
    public string Object { get; } = "agent";

    /// <summary>Unique in the organization, as <c>creative</c>.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public required string Goal { get; init; }

    public required string Backstory { get; init; }

    [JsonConverter(typeof(LowerSnakeEnum<OutputFormat>))]
    public required OutputFormat OutputFormat { get; init; }

    /// <summary>The model it answers with, as <c>offline/offline</c>; null: the installation's.</summary>
    public string? Model { get; init; }

    /// <summary>0 to 2.</summary>
    public required double Temperature { get; init; }

    /// <summary>The most tokens one answer may have.</summary>
    public required int MaxTokens { get; init; }

    public required bool IsActive { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
