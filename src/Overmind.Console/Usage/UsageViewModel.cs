using Overmind.Postgres;
using Overmind.Usage;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Usage;

/// <summary>What was used over some time, and by whom or what: of the organization for its admins, of oneself for others.</summary>
public sealed class UsageViewModel(UsageService usage, Claims claims, TimeProvider time)
{
    public LoadState State { get; private set; } = LoadState.Loading;

    /// <summary>By what it is grouped.</summary>
    public UsageReport? Report { get; private set; }

    public IReadOnlyList<UsageBar> Bars { get; private set; } = [];

    public IReadOnlyList<UsageTotal> Totals { get; private set; } = [];

    /// <summary>Null when no cost is known.</summary>
    public decimal? CostUsd => Totals.Any(total => total.CostUsd is not null) ? Totals.Sum(total => total.CostUsd ?? 0) : null;

    public long UnpricedCalls => Totals.Sum(total => total.UnpricedCalls);

    public async Task LoadAsync(UsageSpan span, UsageGrouping grouping, CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            Report = await usage.ReportAsync(
                claims, new UsageQuery { BucketWidth = span.Width, GroupBy = grouping, Since = span.Since(now), Until = now }, cancellationToken);
            (Bars, Totals, State) = (UsageBar.Of(Report.Data), UsageTotal.Of(Report), LoadState.Ready);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }
}
