using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>What an organization shows of an agent that it has published.</summary>
public sealed record PublicAgent
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>public_agent</c>.</summary>
    public string Object { get; } = "public_agent";

    /// <summary>Who published it.</summary>
    public required string OrganizationName { get; init; }

    public required string Key { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public required string Goal { get; init; }

    public required string Backstory { get; init; }

    [JsonConverter(typeof(LowerSnakeEnum<OutputFormat>))]
    public required OutputFormat OutputFormat { get; init; }

    public JsonText? OutputSchema { get; init; }

    public required double Temperature { get; init; }

    public required int MaxTokens { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
