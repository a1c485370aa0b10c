using Overmind.Agents;
using Overmind.WebConsole.Layout;
using Overmind.Postgres;

namespace Overmind.WebConsole.Agents.Workflows;

/// <summary>A page of what organizations of the installation have published.</summary>
public sealed class PublicWorkflowsViewModel(WorkflowService workflows, Claims claims)
{
    const int PageSize = 50;

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<PublicWorkflow> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are more.</summary>
    public Guid? Next { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    public async Task LoadAsync(string? q, Guid? after, CancellationToken cancellationToken)
    {
        try
        {
            var page = await workflows.ListPublicAsync(claims, new PageRequest { Limit = PageSize, After = after }, q, cancellationToken);
            Items = page.Items;
            Next = page.HasMore ? page.Items[^1].Id : null;
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Makes the organization's own copy, and of its agents those that are missing: its key. What it throws is shown.</summary>
    public async Task<string> CopyAsync(Guid id, string key, CancellationToken cancellationToken) =>
        (await workflows.CopyAsync(claims, id, Guid.CreateVersion7(), key, cancellationToken)).Key;
}
