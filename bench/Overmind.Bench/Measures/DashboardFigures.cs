namespace Overmind.Bench.Measures;

/// <summary>Reports of usage over a large ledger.</summary>
/// <param name="Calls">In the ledger.</param>
/// <param name="RebuildSeconds">Summing all of it up anew; null when the sums were kept from an earlier run.</param>
/// <param name="VerifySeconds">Comparing the sums with the ledger.</param>
sealed record DashboardFigures(int Calls, double? RebuildSeconds, double VerifySeconds, IReadOnlyList<Dashboard> Dashboards)
{
    public bool IsReached => Dashboards.All(d => d.IsReached);
}
