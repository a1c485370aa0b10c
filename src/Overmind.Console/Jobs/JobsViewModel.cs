using Overmind.Jobs;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Jobs;

/// <summary>The queue: how it fares, and a page of its jobs, newest first.</summary>
public sealed class JobsViewModel(JobService jobs, JobKinds known, Claims claims, TimeProvider time)
{
    const int PageSize = 50;

    /// <summary>Figures are read again in every such round: they cost more than the list.</summary>
    const int RoundsPerStats = 5;

    int round;

    public LoadState State { get; private set; } = LoadState.Loading;

    public JobsQuery Query { get; private set; } = new();

    public JobStats? Stats { get; private set; }

    public IReadOnlyList<JobItem> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    /// <summary>How many came since the page was read, at most 100: they are counted, not put in, so that nothing moves under the pointer.</summary>
    public int Newer { get; private set; }

    /// <summary>True while the page cannot be read again.</summary>
    public bool IsStale { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <summary>Nothing was ever enqueued, as far as the member sees.</summary>
    public bool IsEmpty => Items.Count == 0 && !Query.IsFiltered && Query.After is null && Stats is { Counts.Count: 0 };

    /// <summary>All kinds that there are or were.</summary>
    public IReadOnlyList<string> Kinds =>
        [.. known.All.Select(k => k.Name).Union(Stats?.Counts.Select(c => c.Kind) ?? []).Order(StringComparer.Ordinal)];

    /// <summary>How many jobs of the chosen kind are in a state; of ended ones those that ended in the span.</summary>
    public long Count(JobStatus status) =>
        Stats?.Counts.Where(c => c.Status == status && (Query.Kind is null || c.Kind == Query.Kind)).Sum(c => c.Count) ?? 0;

    public async Task LoadAsync(JobsQuery query, CancellationToken cancellationToken)
    {
        Query = query;
        try
        {
            var stats = await StatsAsync(query, cancellationToken);
            var page = await jobs.ListAsync(claims, query.Filter, new PageRequest { After = query.After, Limit = PageSize }, cancellationToken);
            if (query != Query) return;
            (Stats, Items, Older, Newer) = (stats, page.Items, page.HasMore ? page.Items[^1].Id : null, 0);
            (State, IsStale, round) = (LoadState.Ready, false, 0);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            if (query == Query) State = Loading.StateOf(failure);
        }
    }

    /// <summary>Brings what is shown up to date where it stands: no row comes, goes or moves.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (State is not LoadState.Ready) return;
        var query = Query;
        try
        {
            if (Items.Count == 0 && query.After is null)
            {
                await LoadAsync(query, cancellationToken);
                return;
            }

            var stats = ++round % RoundsPerStats == 0 ? await StatsAsync(query, cancellationToken) : Stats;
            var shown = Items;
            var now = (await jobs.ListAsync(claims, [.. shown.Select(j => j.Id)], cancellationToken)).ToDictionary(j => j.Id);
            var newer = query.After is null ? await NewerAsync(query, shown[0].Id, cancellationToken) : 0;
            if (query != Query || shown != Items) return;
            // A job that ended and was not kept stays as it was last seen.
            (Stats, Items, Newer, IsStale) = (stats, [.. shown.Select(j => now.GetValueOrDefault(j.Id, j))], newer, false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            IsStale = true;
        }
    }

    /// <summary>How many of the filtered jobs a bulk change would concern.</summary>
    public Task<BulkSize> BulkSizeAsync(CancellationToken cancellationToken) => jobs.CountAsync(claims, Query.Filter, cancellationToken);

    public async Task RetryAllAsync(CancellationToken cancellationToken)
    {
        await jobs.RetryAllAsync(claims, Query.Filter, cancellationToken);
        await LoadAsync(Query, cancellationToken);
    }

    public async Task CancelAllAsync(CancellationToken cancellationToken)
    {
        await jobs.CancelAllAsync(claims, Query.Filter, cancellationToken);
        await LoadAsync(Query, cancellationToken);
    }

    Task<JobStats> StatsAsync(JobsQuery query, CancellationToken cancellationToken) =>
        jobs.StatsAsync(claims, time.GetUtcNow() - query.Span.Length, cancellationToken);

    async Task<int> NewerAsync(JobsQuery query, Guid than, CancellationToken cancellationToken) =>
        (await jobs.ListAsync(claims, query.Filter, new PageRequest { Before = than, Limit = PageRequest.MaxLimit }, cancellationToken)).Items.Count;
}
