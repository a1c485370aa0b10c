namespace Overmind.Client;

/// <summary>For what a run waits: the approval of its next iteration, or a budget.</summary>
/// <param name="Iteration">The iteration that is not begun yet, or in which a budget does not let it go on; from 1.</param>
/// <param name="Reason">The setting that asks: <c>approve_from_iteration</c> or <c>approve_above_usd</c>; or <c>budget_exceeded</c>: it goes on by itself.</param>
/// <param name="CostUsd">What the run has cost so far, in US dollars; null when unknown.</param>
/// <param name="EstimatedCostUsd">What the iteration may cost, in US dollars; null when a price is unknown.</param>
/// <param name="RepairDirective">What the iteration is to repair; null for the first.</param>
public sealed record RunWaiting(
    int Iteration, string Reason, decimal? CostUsd, decimal? EstimatedCostUsd, string? RepairDirective, DateTimeOffset Since)
{
    /// <summary>The budget that does not let it go on; null when it waits for an approval.</summary>
    public Guid? BudgetId { get; init; }

    /// <summary>When it goes on by itself, unless the limit is raised before; null when it waits for an approval.</summary>
    public DateTimeOffset? Until { get; init; }
}
