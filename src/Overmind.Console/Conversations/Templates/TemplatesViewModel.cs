using Overmind.Conversations.Templates;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Conversations.Templates;

/// <summary>A page of the organization's context templates, newest first.</summary>
public sealed class TemplatesViewModel(ContextTemplateService templates, Claims claims)
{
    const int PageSize = 50;

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<ContextTemplate> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are more.</summary>
    public Guid? Next { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    public async Task LoadAsync(string? q, Guid? after, CancellationToken cancellationToken)
    {
        try
        {
            var page = await templates.ListAsync(
                claims, new ContextTemplateFilter { Q = q }, new PageRequest { Limit = PageSize, After = after }, cancellationToken);
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
    public Task<ContextTemplate> RestoreAsync(Guid id, CancellationToken cancellationToken) => templates.RestoreAsync(claims, id, cancellationToken);
}
