using Overmind.Jobs.Webhooks;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Jobs.Webhooks;

/// <summary>The organization's webhook endpoints, newest first; for its admins.</summary>
public sealed class WebhooksViewModel(WebhookService webhooks, Claims claims)
{
    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<WebhookEndpoint> Items { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    public bool MayWrite => claims.May(Permission.WebhooksManage);

    /// <summary>Reads the page after an endpoint; null: the first.</summary>
    public async Task LoadAsync(Guid? last, CancellationToken cancellationToken)
    {
        if (!MayWrite)
        {
            State = LoadState.Denied;
            return;
        }

        try
        {
            var page = await webhooks.ListAsync(claims, new PageRequest { After = last, Limit = 50 }, cancellationToken);
            (Items, Older, State) = (page.Items, page.HasMore ? page.Items[^1].Id : null, LoadState.Ready);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Makes an endpoint; its secret is not readable afterwards.</summary>
    public Task<(WebhookEndpoint Endpoint, string Secret)> CreateAsync(NewWebhookEndpoint endpoint, CancellationToken cancellationToken) =>
        webhooks.CreateAsync(claims, endpoint, cancellationToken);
}
