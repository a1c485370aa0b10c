namespace Overmind.Bench.Measures;

/// <summary>One report of usage: how long it takes, again and again.</summary>
/// <param name="Rows">How many it has.</param>
/// <param name="Best">In milliseconds.</param>
sealed record Dashboard(string Name, int Rows, double Best, Latencies Latencies)
{
    public const double MostMilliseconds = 100;

    public bool IsReached => Latencies.P50 <= MostMilliseconds;
}
