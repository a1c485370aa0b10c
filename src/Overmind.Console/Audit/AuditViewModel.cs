using Overmind.Audit;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Audit;

/// <summary>What was done and tried in the organization, newest first; for its admins.</summary>
public sealed class AuditViewModel(AuditLogService log, Claims claims)
{
    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<AuditLog> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    public async Task LoadAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        try
        {
            var page = await log.ListAsync(claims, query.Filter, new PageRequest { After = query.After, Limit = 50 }, cancellationToken);
            (Items, Older, State) = (page.Items, page.HasMore ? page.Items[^1].Id : null, LoadState.Ready);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>One act, also when it is not on the page; null when there is none.</summary>
    public async Task<AuditLog?> ActAsync(Guid id, CancellationToken cancellationToken)
    {
        if (Items.FirstOrDefault(act => act.Id == id) is { } shown)
            return shown;
        try
        {
            return await log.GetAsync(claims, id, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return null;
        }
    }
}
