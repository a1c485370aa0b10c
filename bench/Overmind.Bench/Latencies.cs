namespace Overmind.Bench;

/// <summary>Rate and percentiles of one measurement.</summary>
/// <param name="Rate">Operations a second, all clients together.</param>
/// <param name="P50">Median, in milliseconds.</param>
/// <param name="P95">In milliseconds.</param>
/// <param name="P99">In milliseconds.</param>
public sealed record Latencies(double Rate, double P50, double P95, double P99)
{
    /// <summary>From each operation's milliseconds, by the nearest rank.</summary>
    public static Latencies Of(IEnumerable<double> milliseconds, double seconds)
    {
        var sorted = milliseconds.Order().ToArray();
        if (sorted.Length == 0)
            return new Latencies(0, 0, 0, 0);
        double Percentile(double share) => sorted[Math.Min((int)Math.Ceiling(share * sorted.Length), sorted.Length) - 1];
        return new Latencies(sorted.Length / seconds, Percentile(0.50), Percentile(0.95), Percentile(0.99));
    }
}
