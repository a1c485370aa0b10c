using System.Text.Json;

namespace Overmind.Client;

/// <summary>An agent to be made.</summary>
public sealed record NewAgent
{
    /// <summary>1 to 100 of <c>a-z 0-9 _ -</c>; unique in the organization.</summary>
    public required string Key { get; init; }

    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 255 characters. Default: the name.</summary>
    public string? Role { get; init; }

    /// <summary>1 to 10,000 characters.</summary>
    public required string Goal { get; init; }

    /// <summary>1 to 10,000 characters.</summary>
    public required string Backstory { get; init; }

    /// <summary><c>sim_4_lines</c> (default), <c>json</c> or <c>markdown</c>.</summary>
    public string? OutputFormat { get; init; }

    /// <summary>A JSON Schema of draft 2020-12; for the format json alone.</summary>
    public JsonElement? OutputSchema { get; init; }

    /// <summary>As <c>offline/offline</c>. Default: the run's.</summary>
    public string? Model { get; init; }

    /// <summary>0 to 2. Default: 0.7.</summary>
    public double? Temperature { get; init; }

    /// <summary>1 to 100,000. Default: 500.</summary>
    public int? MaxTokens { get; init; }

    public bool? AllowDelegation { get; init; }

    public bool? Verbose { get; init; }

    /// <summary>A JSON object.</summary>
    public JsonElement? Settings { get; init; }

    /// <summary>Default: true.</summary>
    public bool? IsActive { get; init; }

    public bool? IsPublic { get; init; }
}
