using System.Text.Json;

namespace Overmind.Client;

/// <summary>An agent of a published workflow.</summary>
public sealed record PublicWorkflowAgent
{
    public required Guid Id { get; init; }

    public required string Key { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public required string Goal { get; init; }

    public required string Backstory { get; init; }

    public required string OutputFormat { get; init; }

    public JsonElement? OutputSchema { get; init; }

    public required double Temperature { get; init; }

    public required int MaxTokens { get; init; }
}
