using Overmind.Agents;
using Overmind.WebConsole.Layout;
using Overmind.Postgres;

namespace Overmind.WebConsole.Agents.Workflows;

/// <summary>A page of the organization's workflows: the active version of each.</summary>
public sealed class WorkflowsViewModel(WorkflowService workflows, Claims claims)
{
    const int PageSize = 50;

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<Workflow> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are more.</summary>
    public Guid? Next { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <summary>Best rated, most used or newest first; by category and name from A to Z.</summary>
    public async Task LoadAsync(string? q, WorkflowSort sort, Guid? after, CancellationToken cancellationToken)
    {
        try
        {
            var request = new PageRequest
            {
                Limit = PageSize,
                After = after,
                Order = sort is WorkflowSort.Category or WorkflowSort.Name ? PageOrder.Asc : PageOrder.Desc,
            };
            var page = await workflows.ListAsync(claims, request, new WorkflowFilter { Active = true, Q = q, Sort = sort }, cancellationToken);
            Items = page.Items;
            Next = page.HasMore ? page.Items[^1].Id : null;
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Brings one back that was deleted, with all its versions.</summary>
    public Task<Workflow> RestoreAsync(string key, CancellationToken cancellationToken) => workflows.RestoreAsync(claims, key, cancellationToken);
}
