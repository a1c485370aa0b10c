namespace Overmind.Client;

/// <summary>For what a run waits: the approval of its next iteration.</summary>
/// <param name="Iteration">The iteration that is not begun yet, from 1.</param>
/// <param name="Reason">The setting that asks: <c>approve_from_iteration</c> or <c>approve_above_usd</c>.</param>
/// <param name="CostUsd">What the run has cost so far, in US dollars; null when unknown.</param>
/// <param name="EstimatedCostUsd">What the iteration may cost, in US dollars; null when a price is unknown.</param>
/// <param name="RepairDirective">What the iteration is to repair; null for the first.</param>
public sealed record RunWaiting(
    int Iteration, string Reason, decimal? CostUsd, decimal? EstimatedCostUsd, string? RepairDirective, DateTimeOffset Since);
