using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>For what a run waits: the approval of its next iteration.</summary>
public sealed record RunWaiting
{
    /// <summary>The iteration that is not begun yet, from 1.</summary>
    public required int Iteration { get; init; }

    /// <summary>The setting that asks: <c>approve_from_iteration</c> or <c>approve_above_usd</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>What the run has cost so far, in US dollars (a decimal string in JSON); null when unknown.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? CostUsd { get; init; }

    /// <summary>What the iteration may cost, in US dollars (a decimal string in JSON); null when a price is unknown.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? EstimatedCostUsd { get; init; }

    /// <summary>What the iteration is to repair; null for the first.</summary>
    public string? RepairDirective { get; init; }

    public required DateTimeOffset Since { get; init; }
}
