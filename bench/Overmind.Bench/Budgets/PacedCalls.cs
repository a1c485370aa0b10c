using Overmind.Bench.Measures;

namespace Overmind.Bench.Budgets;

/// <summary>Calls that are reserved and settled on one budget at a rate that is offered, whatever the database does.</summary>
/// <param name="Offered">A second.</param>
/// <param name="Reserve">From the moment each was due.</param>
/// <param name="Settle">As long as it took.</param>
sealed record PacedCalls(int Offered, Latencies Reserve, Latencies Settle)
{
    /// <summary>In milliseconds.</summary>
    public const double MostP99 = 5;

    public bool IsFast => Reserve.P99 <= MostP99 && Settle.P99 <= MostP99;
}
