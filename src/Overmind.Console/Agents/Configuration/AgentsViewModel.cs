using Overmind.Agents;
using Overmind.WebConsole.Layout;
using Overmind.Postgres;

namespace Overmind.WebConsole.Agents.Configuration;

/// <summary>A page of the organization's agents, newest first.</summary>
public sealed class AgentsViewModel(AgentService agents, Claims claims)
{
    const int PageSize = 50;

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<Agent> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are more.</summary>
    public Guid? Next { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <param name="state"><c>active</c>, <c>inactive</c>, or null for both.</param>
    public async Task LoadAsync(string? q, string? state, Guid? after, CancellationToken cancellationToken)
    {
        try
        {
            var filter = new AgentFilter { Q = q, Active = state switch { "active" => true, "inactive" => false, _ => null } };
            var page = await agents.ListAsync(claims, new PageRequest { Limit = PageSize, After = after }, filter, cancellationToken);
            Items = page.Items;
            Next = page.HasMore ? page.Items[^1].Id : null;
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Brings one back that was deleted.</summary>
    public Task<Agent> RestoreAsync(Guid id, CancellationToken cancellationToken) => agents.RestoreAsync(claims, id, cancellationToken);
}
