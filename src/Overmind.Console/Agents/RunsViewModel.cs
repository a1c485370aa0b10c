using Overmind.Agents;
using Overmind.WebConsole.Layout;
using Overmind.Postgres;

namespace Overmind.WebConsole.Agents;

/// <summary>A page of the list of runs, newest first.</summary>
public sealed class RunsViewModel(OverviewStore overviews, Claims claims)
{
    const int PageSize = 50;

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<RunOverview> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    /// <summary>Reads the page after a run; null: the first.</summary>
    public async Task LoadAsync(Guid? last, CancellationToken cancellationToken)
    {
        try
        {
            var page = await overviews.RunsAsync(claims, last, PageSize, cancellationToken);
            Items = page.Items;
            Older = page.HasMore ? page.Items[^1].Id : null;
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }
}
