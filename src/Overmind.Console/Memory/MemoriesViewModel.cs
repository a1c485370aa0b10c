using Overmind.Conversations.Search;
using Overmind.Memory;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Memory;

/// <summary>Memories, newest first or the best of what is looked for: one's own and what is shared, for admins the organization's.</summary>
public sealed class MemoriesViewModel(MemoryService memories, MemorySearchService search, Claims claims)
{
    const int PageSize = 50;

    (MemoryFilter Filter, string? Query, Guid? After) shown = (MemoryFilter.All, null, null);
    IReadOnlyDictionary<Guid, ScoreParts> reasons = new Dictionary<Guid, ScoreParts>();

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<MemoryItem> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    /// <summary>The one that is open.</summary>
    public MemoryItem? Open { get; private set; }

    /// <summary>What was forgotten last and can be brought back here.</summary>
    public MemoryItem? Forgotten { get; private set; }

    /// <summary>Why the last act was refused.</summary>
    public string? Refusal { get; private set; }

    public bool MayChange(MemoryItem memory) => claims.May(Permission.ContentManage) || (claims.May(Permission.ContentWrite) && memory.UserId == claims.UserId);

    /// <summary>Why it was found; null: nothing was looked for.</summary>
    public ScoreParts? Why(MemoryItem memory) => reasons.GetValueOrDefault(memory.Id);

    /// <param name="query">What is looked for; null: the newest are shown.</param>
    /// <param name="last">The last memory of the page before.</param>
    /// <param name="open">The one to be opened, on the page or not.</param>
    public async Task LoadAsync(MemoryFilter filter, string? query, Guid? last, Guid? open, CancellationToken cancellationToken)
    {
        shown = (filter, query, last);
        try
        {
            if (query is null)
            {
                var page = await memories.ListAsync(claims, filter, new PageRequest { Limit = PageSize, After = last }, cancellationToken);
                Show(page.Items, page.HasMore);
            }
            else
            {
                var found = await search.SearchAsync(claims, Question(filter, query, last), cancellationToken);
                Show([.. found.Items.Select(hit => hit.Memory)], found.HasMore);
                reasons = found.Items.ToDictionary(hit => hit.Memory.Id, hit => hit.ScoreParts);
            }

            Open = open is not { } id ? null : Items.FirstOrDefault(memory => memory.Id == id) ?? await memories.GetAsync(claims, id, cancellationToken);
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Stores what is changed, if nobody changed it meanwhile; what it throws is for the form to show.</summary>
    public async Task StoreAsync(MemoryItem memory, MemoryPatch patch, CancellationToken cancellationToken)
    {
        await memories.UpdateAsync(claims, memory.Id, patch, memory.UpdatedAt, cancellationToken);
        await LoadAsync(shown.Filter, shown.Query, shown.After, null, cancellationToken);
    }

    public Task PinAsync(MemoryItem memory, CancellationToken cancellationToken) => DoAsync(
        () => memories.UpdateAsync(claims, memory.Id, new MemoryPatch { Pinned = !memory.Pinned }, null, cancellationToken), cancellationToken);

    public Task ForgetAsync(MemoryItem memory, CancellationToken cancellationToken) => DoAsync(
        async () =>
        {
            await memories.DeleteAsync(claims, memory.Id, null, cancellationToken);
            Forgotten = memory;
        },
        cancellationToken);

    public Task BringBackAsync(CancellationToken cancellationToken) => DoAsync(
        async () =>
        {
            await memories.RestoreAsync(claims, Forgotten!.Id, cancellationToken);
            Forgotten = null;
        },
        cancellationToken);

    void Show(IReadOnlyList<MemoryItem> items, bool hasMore)
    {
        Items = items;
        Older = hasMore ? items[^1].Id : null;
        reasons = new Dictionary<Guid, ScoreParts>();
    }

    static MemoryQuery Question(MemoryFilter filter, string query, Guid? last) => new()
    {
        Text = query,
        MemoryTypes = filter.MemoryType is { } type ? [type] : null,
        OwnerType = filter.OwnerType,
        Category = filter.Category,
        Tags = filter.Tag is { } tag ? [tag] : null,
        Limit = PageSize,
        After = last,
    };

    async Task DoAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            Refusal = null;
            await act();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "That could not be stored. Try again.");
        }

        await LoadAsync(shown.Filter, shown.Query, shown.After, null, cancellationToken);
    }
}
