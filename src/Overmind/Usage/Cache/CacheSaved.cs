using System.Text.Json.Serialization;

namespace Overmind.Usage.Cache;

/// <summary>What hits saved.</summary>
/// <param name="CostSavedUsd">In US dollars (a decimal string in JSON), as far as it is known.</param>
public sealed record CacheSaved(
    long Hits, long TokensSaved,
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] decimal CostSavedUsd);
