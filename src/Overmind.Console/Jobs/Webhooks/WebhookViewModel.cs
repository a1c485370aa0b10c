using System.Text.Json;
using Overmind.Errors;
using Overmind.Jobs.Webhooks;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Jobs.Webhooks;

/// <summary>One webhook endpoint with what was sent to it.</summary>
public sealed class WebhookViewModel(WebhookService webhooks, Claims claims)
{
    const int PageSize = 30;

    static readonly JsonSerializerOptions Attempts = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    Guid? after;

    public LoadState State { get; private set; } = LoadState.Loading;

    public WebhookEndpoint? Endpoint { get; private set; }

    public IReadOnlyList<WebhookDelivery> Deliveries { get; private set; } = [];

    /// <summary>The last one shown, when there are older ones.</summary>
    public Guid? Older { get; private set; }

    /// <summary>Why the last act was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>A secret that was just made; it is shown until it is put away.</summary>
    public string? Secret { get; set; }

    /// <summary>True while the page cannot be read again.</summary>
    public bool IsStale { get; private set; }

    /// <summary>What was tried, oldest first.</summary>
    public static IReadOnlyList<WebhookAttempt> AttemptsOf(WebhookDelivery delivery) =>
        delivery.Attempts.Parse().Deserialize<IReadOnlyList<WebhookAttempt>>(Attempts) ?? [];

    /// <summary>Reads the endpoint and the page after a delivery; null: the first.</summary>
    public async Task LoadAsync(Guid id, Guid? last, CancellationToken cancellationToken)
    {
        if (!claims.May(Permission.WebhooksManage))
        {
            State = LoadState.Denied;
            return;
        }

        try
        {
            after = last;
            Endpoint = await webhooks.GetAsync(claims, id, cancellationToken);
            await ReadDeliveriesAsync(cancellationToken);
            (State, IsStale) = (LoadState.Ready, false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            if (State is LoadState.Ready && Loading.StateOf(failure) is LoadState.Failed) IsStale = true;
            else State = Loading.StateOf(failure);
        }
    }

    /// <summary>A delivery by its id, also one of another page; null when there is none.</summary>
    public async Task<WebhookDelivery?> DeliveryAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await webhooks.DeliveryAsync(claims, id, cancellationToken);
        }
        catch (OvermindException)
        {
            return null;
        }
    }

    /// <summary>Sends a test event.</summary>
    public Task TestAsync(CancellationToken cancellationToken) => DoAsync(
        async id => await webhooks.TestAsync(claims, id, cancellationToken), cancellationToken);

    /// <summary>Stores the form over the version of a time; what it throws is shown. Where that is not the last one, the last is read.</summary>
    public async Task ChangeAsync(WebhookForm form, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        try
        {
            Endpoint = await webhooks.UpdateAsync(claims, Endpoint!.Id, form.ToPatch(), since, cancellationToken);
        }
        catch (OvermindException meanwhile) when (meanwhile.Code is ErrorCode.PreconditionFailed)
        {
            Endpoint = await webhooks.GetAsync(claims, Endpoint!.Id, cancellationToken);
            throw;
        }
    }

    public Task EnableAsync(CancellationToken cancellationToken) => DoAsync(
        async id => Endpoint = await webhooks.EnableAsync(claims, id, cancellationToken), cancellationToken);

    /// <summary>Gives it a new <see cref="Secret"/>.</summary>
    public Task RotateAsync(CancellationToken cancellationToken) => DoAsync(
        async id => (Endpoint, Secret) = await webhooks.RotateAsync(claims, id, cancellationToken), cancellationToken);

    /// <summary>Sends a delivery's event once more, as a delivery of its own.</summary>
    public Task ResendAsync(Guid deliveryId, CancellationToken cancellationToken) => DoAsync(
        async _ => await webhooks.ResendAsync(claims, deliveryId, cancellationToken), cancellationToken);

    public Task DeleteAsync(CancellationToken cancellationToken) => webhooks.DeleteAsync(claims, Endpoint!.Id, null, cancellationToken);

    async Task DoAsync(Func<Guid, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            Refusal = null;
            await act(Endpoint!.Id);
            await ReadDeliveriesAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "That did not work. Try again.");
        }
    }

    async Task ReadDeliveriesAsync(CancellationToken cancellationToken)
    {
        var page = await webhooks.DeliveriesAsync(claims, new PageRequest { After = after, Limit = PageSize }, Endpoint!.Id, cancellationToken);
        (Deliveries, Older) = (page.Items, page.HasMore ? page.Items[^1].Id : null);
    }
}
