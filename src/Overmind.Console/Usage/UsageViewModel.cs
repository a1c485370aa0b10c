using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Budgets;
using Overmind.Usage.Cache;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Usage;

/// <summary>What was used over some time, and by whom or what: of the organization for its admins, of oneself for others.</summary>
public sealed class UsageViewModel(UsageService usage, BudgetService budgets, CacheService cache, Claims claims, TimeProvider time)
{
    const int MostGauges = 8;

    public LoadState State { get; private set; } = LoadState.Loading;

    /// <summary>By what it is grouped.</summary>
    public UsageReport? Report { get; private set; }

    /// <summary>Those that hold, as many as there is room for.</summary>
    public IReadOnlyList<Budget> Budgets { get; private set; } = [];

    /// <summary>What the response cache saved in that time.</summary>
    public CacheSavings? Saved { get; private set; }

    /// <summary>Members who cost more this month than their tier allows.</summary>
    public IReadOnlyList<MemberCost> OverLimit { get; private set; } = [];

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
            var all = await budgets.ListAsync(claims, dimension: null, new PageRequest { Limit = PageRequest.MaxLimit }, cancellationToken);
            Budgets = [.. BudgetsViewModel.InOrder(all.Items.Where(b => b.IsActive)).Take(MostGauges)];
            Saved = await cache.SavingsAsync(claims, span.Width, span.Since(now), now, cancellationToken);
            OverLimit = await usage.OverLimitAsync(claims, cancellationToken);
            (Bars, Totals, State) = (UsageBar.Of(Report.Data), UsageTotal.Of(Report), LoadState.Ready);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }
}
