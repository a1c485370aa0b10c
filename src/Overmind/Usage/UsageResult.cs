using System.Text.Json.Serialization;

namespace Overmind.Usage;

/// <summary>Sums of usage.</summary>
public sealed record UsageResult
{
    /// <summary>Id of the member or project, the model as <c>provider/model</c>, the operation, the workflow's key; null where there is none, and when all is together.</summary>
    public required string? Key { get; init; }

    /// <summary>What people call it: the name of the member, project or workflow; else as the key.</summary>
    public required string? Name { get; init; }

    /// <summary>Calls that were settled; by workflow, runs.</summary>
    public required long Calls { get; init; }

    public required decimal TokensInput { get; init; }

    public required decimal TokensOutput { get; init; }

    /// <summary>Those of the input that the provider had cached; 0 by workflow.</summary>
    public required decimal TokensCached { get; init; }

    /// <summary>In US dollars, not rounded (a decimal string in JSON); null when no cost is known.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required decimal? CostUsd { get; init; }

    /// <summary>Calls whose cost is unknown, so that they are not in it; by workflow, runs.</summary>
    public required long UnpricedCalls { get; init; }

    /// <summary>Mean time of a call, in milliseconds; null when none was timed. By workflow, of a run.</summary>
    public required int? AvgLatencyMs { get; init; }
}
