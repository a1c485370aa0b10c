using Overmind.Usage;

namespace Overmind.WebConsole.Usage;

/// <summary>A column of the chart of costs.</summary>
/// <param name="StartTime">The span that it is of begins then.</param>
/// <param name="CostUsd">0 where no cost is known.</param>
/// <param name="Height">0 to 1; the dearest is as high as the chart, and one that cost anything is seen.</param>
public sealed record UsageBar(DateTimeOffset StartTime, decimal CostUsd, decimal Tokens, double Height)
{
    const double Least = 0.01;

    /// <summary>A column for each span in which something was used.</summary>
    public static IReadOnlyList<UsageBar> Of(IReadOnlyList<UsageBucket> buckets)
    {
        var sums = buckets.Select(bucket => (bucket.StartTime, Cost: bucket.Results.Sum(r => r.CostUsd ?? 0), Tokens: bucket.Results.Sum(r => r.TokensInput + r.TokensOutput))).ToList();
        var most = sums.Select(sum => sum.Cost).DefaultIfEmpty().Max();
        return [.. sums.Select(sum => new UsageBar(sum.StartTime, sum.Cost, sum.Tokens, sum.Cost == 0 ? 0 : Math.Max(Least, (double)(sum.Cost / most))))];
    }
}
