using System.Text.Json.Serialization;

namespace Overmind.Usage;

/// <summary>What pricing anew comes to for the calls of one model.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public sealed record RepricedModel
{
    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Settled calls in the period.</summary>
    public required long Calls { get; init; }

    /// <summary>Those whose cost is another.</summary>
    public required long Changed { get; init; }

    /// <summary>US dollars (a decimal string in JSON) of those that had a cost.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public required decimal CostBefore { get; init; }

    /// <summary>US dollars (a decimal string in JSON) of those that have one then.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public required decimal CostAfter { get; init; }

    /// <summary>Calls that had no cost, because no price was known.</summary>
    public required long UnpricedBefore { get; init; }

    /// <summary>Calls that have none then.</summary>
    public required long UnpricedAfter { get; init; }
}
