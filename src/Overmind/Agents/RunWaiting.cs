using System.Text.Json.Serialization;
using Overmind.Errors;

namespace Overmind.Agents;

/// <summary>For what a run waits: the approval of its next iteration, or a budget.</summary>
public sealed record RunWaiting
{
    /// <summary>The reason of a run that waits for a budget.</summary>
    public const string BudgetExceeded = "budget_exceeded";

    /// <summary>The iteration that is not begun yet, or in which a budget does not let it go on; from 1.</summary>
    public required int Iteration { get; init; }

    /// <summary>The setting that asks: <c>approve_from_iteration</c> or <c>approve_above_usd</c>; or <c>budget_exceeded</c>: it goes on by itself.</summary>
    public required string Reason { get; init; }

    /// <summary>What the run has cost so far, in US dollars (a decimal string in JSON); null when unknown.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? CostUsd { get; init; }

    /// <summary>What the iteration may cost, in US dollars (a decimal string in JSON); null when a price is unknown.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? EstimatedCostUsd { get; init; }

    /// <summary>What the iteration is to repair; null for the first.</summary>
    public string? RepairDirective { get; init; }

    /// <summary>The budget that does not let it go on; null when it waits for an approval.</summary>
    public Guid? BudgetId { get; init; }

    /// <summary>When the budget's period ends; it goes on then, or when the limit is raised before. Null when it waits for an approval.</summary>
    public DateTimeOffset? Until { get; init; }

    public required DateTimeOffset Since { get; init; }

    internal static RunWaiting ForBudget(int iteration, BudgetBlock block, decimal? costUsd, DateTimeOffset now) =>
        new() { Iteration = iteration, Reason = BudgetExceeded, CostUsd = costUsd, BudgetId = block.BudgetId, Until = block.Until, Since = now };
}
