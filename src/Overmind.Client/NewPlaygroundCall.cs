using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>A prompt to try on a model, as it is or as an agent would be asked.</summary>
public sealed record NewPlaygroundCall
{
    /// <summary>1 character to 1 MiB in UTF-8.</summary>
    public required string Prompt { get; init; }

    /// <summary>As <c>offline/offline</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Asks as this agent is asked in a run's first iteration; null: the prompt as it is.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>0 to 2. Default: the agent's, else 0.7.</summary>
    public double? Temperature { get; init; }

    /// <summary>The most tokens the answer may have, 1 to 100,000. Default: the agent's, else 1,000.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>What its calls do with the response cache. Default: as the organization's settings say.</summary>
    [JsonIgnore]
    public CacheOptions? Cache { get; init; }
}
