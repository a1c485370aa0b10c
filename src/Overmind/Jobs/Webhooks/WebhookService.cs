using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Jobs.Webhooks;

/// <summary>The webhooks of an organization, for who may manage them.</summary>
public sealed class WebhookService(WebhookStore store, SecretCipher cipher, WebhookOptions options)
{
    /// <summary>Makes an endpoint. The secret is not readable afterwards.</summary>
    public async Task<(WebhookEndpoint Endpoint, string Secret)> CreateAsync(
        Claims claims, NewWebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        EnsureManages(claims);
        endpoint.Check(options);
        var secret = WebhookSecret.Generate();
        return ((await store.InsertAsync(claims, endpoint, Encrypt(claims, endpoint.Id, secret), cancellationToken))!, secret);
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.WebhookEndpointNotFound"/>.</exception>
    public async Task<WebhookEndpoint> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.WebhooksManage);
        return await store.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);
    }

    public async Task<Page<WebhookEndpoint>> ListAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.WebhooksManage);
        page.Check();
        return page.PageOf(await store.ListAsync(claims, page, cancellationToken));
    }

    /// <summary>Changes an endpoint; its secret stays. What is still to be sent goes where it then goes.</summary>
    /// <param name="unchangedSince">The <see cref="WebhookEndpoint.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/> when it has changed meanwhile; a value is not valid.</exception>
    public async Task<WebhookEndpoint> UpdateAsync(
        Claims claims, Guid id, WebhookEndpointPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        EnsureManages(claims);
        patch.Check(options);
        var (changed, found) = await store.UpdateAsync(claims, id, patch, unchangedSince, cancellationToken);
        if (changed is not null) return changed;
        throw found is null
            ? NotFound(id)
            : Changed();
    }

    /// <summary>Gives it a new secret; the old one signs beside it for 24 hours.</summary>
    public async Task<(WebhookEndpoint Endpoint, string Secret)> RotateAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        EnsureManages(claims);
        var secret = WebhookSecret.Generate();
        var rotated = await store.RotateAsync(claims, id, Encrypt(claims, id, secret), options.RotationGrace, cancellationToken);
        return (rotated ?? throw NotFound(id), secret);
    }

    /// <summary>Sends to an endpoint again that was disabled.</summary>
    public async Task<WebhookEndpoint> EnableAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        EnsureManages(claims);
        return await store.EnableAsync(claims, id, cancellationToken) ?? throw NotFound(id);
    }

    static OvermindException Changed() => new(ErrorCode.PreconditionFailed, "The endpoint has changed since the version in If-Match. Read it again.");

    /// <summary>Deletes an endpoint with its deliveries; what is under way may still arrive.</summary>
    /// <param name="unchangedSince">Only as it was then; null: as it is.</param>
    public async Task DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        EnsureManages(claims);
        if (!await store.DeleteAsync(claims, id, unchangedSince, cancellationToken))
            throw unchangedSince is not null && await store.FindAsync(claims, id, cancellationToken) is not null ? Changed() : NotFound(id);
    }

    /// <summary>Sends an event of type <c>webhook_endpoint.test</c>, whatever types it wants; returns the delivery.</summary>
    public async Task<WebhookDelivery> TestAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        EnsureManages(claims);
        if (!(await GetAsync(claims, id, cancellationToken)).IsEnabled)
            throw new OvermindException(ErrorCode.InvalidValue, "The endpoint is disabled. Enable it first.", "webhook_endpoint_id");
        var delivery = await store.TestAsync(claims, id, cancellationToken) ?? throw NotFound(id);
        return await DeliveryAsync(claims, delivery, cancellationToken);
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.WebhookDeliveryNotFound"/>.</exception>
    public async Task<WebhookDelivery> DeliveryAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.WebhooksManage);
        return await store.FindDeliveryAsync(claims, id, cancellationToken) ?? throw DeliveryNotFound(id);
    }

    /// <param name="endpointId">Null for those of all endpoints.</param>
    public async Task<Page<WebhookDelivery>> DeliveriesAsync(Claims claims, PageRequest page, Guid? endpointId, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.WebhooksManage);
        page.Check();
        return page.PageOf(await store.ListDeliveriesAsync(claims, page, endpointId, cancellationToken));
    }

    /// <summary>Sends the same event once more, as a delivery of its own; returns that.</summary>
    public async Task<WebhookDelivery> ResendAsync(Claims claims, Guid deliveryId, CancellationToken cancellationToken)
    {
        EnsureManages(claims);
        var made = await store.ResendAsync(claims, deliveryId, cancellationToken) ?? throw DeliveryNotFound(deliveryId);
        return await DeliveryAsync(claims, made, cancellationToken);
    }

    byte[] Encrypt(Claims claims, Guid id, string secret) => cipher.Encrypt(secret, claims.OrganizationId!.Value, id);

    static void EnsureManages(Claims claims)
    {
        claims.Ensure(Permission.ContentWrite);
        claims.Ensure(Permission.WebhooksManage);
    }

    static OvermindException NotFound(Guid id) => new(ErrorCode.WebhookEndpointNotFound, $"There is no webhook endpoint {id}.");

    static OvermindException DeliveryNotFound(Guid id) => new(ErrorCode.WebhookDeliveryNotFound, $"There is no webhook delivery {id}.");
}
