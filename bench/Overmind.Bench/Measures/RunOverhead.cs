namespace Overmind.Bench.Measures;

/// <summary>What the engine takes for a run.</summary>
/// <param name="Iterations">Of six agents each.</param>
/// <param name="MostP95">The aim, in milliseconds.</param>
/// <param name="Run">From question to terminal event.</param>
/// <param name="Transactions">Committed by the whole process for each run, reading and waiting included.</param>
/// <param name="Commit">One small commit through pgbench, one client.</param>
sealed record RunOverhead(int Iterations, double MostP95, Latencies Run, double Transactions, Latencies Commit)
{
    /// <summary>The run's time in small commits.</summary>
    public double Commits => Run.P50 / Commit.P50;

    public bool IsReached => Run.P95 <= MostP95;
}
