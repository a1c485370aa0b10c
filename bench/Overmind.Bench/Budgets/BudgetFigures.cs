using Overmind.Bench.Measures;

namespace Overmind.Bench.Budgets;

/// <summary>What budgets cost, and whether they hold.</summary>
/// <param name="Reserve">Reserving at the offered rate, from the moment each was due.</param>
/// <param name="Settle">Settling, as long as it took.</param>
/// <param name="Inserts">Reserving without a budget; the floor is the same without the triggers of budgets.</param>
/// <param name="Processes">How many raced.</param>
/// <param name="Calls">How many calls they were let make.</param>
/// <param name="Limit">Of the budget they raced for, in US dollars.</param>
/// <param name="Used">What their calls cost, by the ledger.</param>
sealed record BudgetFigures(Latencies Reserve, Latencies Settle, Comparison Inserts, int Processes, long Calls, decimal Limit, decimal Used)
{
    /// <summary>Reservations a second that are offered on one budget.</summary>
    public const int Offered = 1000;

    /// <summary>In milliseconds.</summary>
    public const double MostP99 = 5;

    public decimal Overspend => Math.Max(0, Used - Limit);

    public bool IsFast => Reserve.P99 <= MostP99 && Settle.P99 <= MostP99;

    public bool IsReached => IsFast && Overspend == 0 && Inserts.IsReached != false;
}
