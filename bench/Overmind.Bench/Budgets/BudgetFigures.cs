using Overmind.Bench.Measures;

namespace Overmind.Bench.Budgets;

/// <summary>What budgets cost, and whether they hold.</summary>
/// <param name="Paced">Reserving and settling at the rates that were offered, the aim's last.</param>
/// <param name="Inserts">Reserving without a budget; the floor is the same without the triggers of budgets.</param>
/// <param name="Processes">How many raced.</param>
/// <param name="Calls">How many calls they were let make.</param>
/// <param name="Limit">Of the budget they raced for, in US dollars.</param>
/// <param name="Used">What their calls cost, by the ledger.</param>
sealed record BudgetFigures(IReadOnlyList<PacedCalls> Paced, Comparison Inserts, int Processes, long Calls, decimal Limit, decimal Used)
{
    /// <summary>Reservations a second that are offered on one budget.</summary>
    public static readonly int[] Offered = [200, 400, 600, 1000];

    public decimal Overspend => Math.Max(0, Used - Limit);

    public bool IsReached => Paced[^1].IsFast && Overspend == 0 && Inserts.IsReached != false;
}
