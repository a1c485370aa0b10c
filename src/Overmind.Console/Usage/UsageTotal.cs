using Overmind.Usage;

namespace Overmind.WebConsole.Usage;

/// <summary>What one member, model and so on used over all of the time that is shown.</summary>
/// <param name="Share">Part of the whole cost, 0 to 1.</param>
public sealed record UsageTotal(string? Key, string? Name, long Calls, decimal Tokens, decimal? CostUsd, long UnpricedCalls, double Share)
{
    /// <summary>The dearest first.</summary>
    public static IReadOnlyList<UsageTotal> Of(UsageReport report)
    {
        var all = report.Data.SelectMany(bucket => bucket.Results).ToList();
        var cost = all.Sum(result => result.CostUsd ?? 0);
        return
        [
            .. all.GroupBy(result => result.Key)
                .Select(group => new UsageTotal(
                    group.Key,
                    group.First().Name ?? group.Key,
                    group.Sum(result => result.Calls),
                    group.Sum(result => result.TokensInput + result.TokensOutput),
                    group.Any(result => result.CostUsd is not null) ? group.Sum(result => result.CostUsd ?? 0) : null,
                    group.Sum(result => result.UnpricedCalls),
                    cost == 0 ? 0 : (double)(group.Sum(result => result.CostUsd ?? 0) / cost)))
                .OrderByDescending(total => total.CostUsd ?? 0)
                .ThenByDescending(total => total.Tokens),
        ];
    }
}
