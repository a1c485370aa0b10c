using System.Text.Json;

namespace Overmind.Client;

/// <summary>Webhook endpoints and their deliveries; for admins.</summary>
public sealed class WebhooksClient
{
    readonly ApiConnection _connection;

    internal WebhooksClient(ApiConnection connection) => _connection = connection;

    /// <summary>Makes an endpoint; its secret is shown this once.</summary>
    public Task<WebhookEndpointWithSecret> CreateAsync(NewWebhookEndpoint endpoint, CancellationToken cancellationToken = default) =>
        _connection.PostSecretAsync(
            "/v1/webhook_endpoints", JsonSerializer.SerializeToUtf8Bytes(endpoint, ClientJson.Default.NewWebhookEndpoint),
            ClientJson.Default.WebhookEndpointWithSecret, cancellationToken);

    public Task<Page<WebhookEndpoint>> ListAsync(PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/webhook_endpoints{(page ?? new()).Query}", ClientJson.Default.PageWebhookEndpoint, cancellationToken);

    public Task<WebhookEndpoint> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/webhook_endpoints/{id}", ClientJson.Default.WebhookEndpoint, cancellationToken);

    /// <summary>Changes an endpoint; its secret stays.</summary>
    public Task<WebhookEndpoint> UpdateAsync(Guid id, WebhookEndpointChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            $"/v1/webhook_endpoints/{id}", ClientJson.Changes(changes, ClientJson.Default.WebhookEndpointChanges, changes.Clear),
            VersionTag.Of(changes.UnchangedSince), ClientJson.Default.WebhookEndpoint, cancellationToken);

    /// <summary>Gives it a new secret, shown this once; the old one signs beside it for 24 hours.</summary>
    public Task<WebhookEndpointWithSecret> RotateAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostSecretAsync($"/v1/webhook_endpoints/{id}/rotate", null, ClientJson.Default.WebhookEndpointWithSecret, cancellationToken);

    /// <summary>Sends to it again after it was disabled.</summary>
    public Task<WebhookEndpoint> EnableAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"/v1/webhook_endpoints/{id}/enable", null, null, ClientJson.Default.WebhookEndpoint, cancellationToken);

    /// <summary>Sends an event of type <c>webhook_endpoint.test</c>.</summary>
    public Task<WebhookDelivery> TestAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"/v1/webhook_endpoints/{id}/test", null, null, ClientJson.Default.WebhookDelivery, cancellationToken);

    public Task DeleteAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync($"/v1/webhook_endpoints/{id}", cancellationToken);

    /// <param name="endpointId">Default: those of all endpoints.</param>
    public Task<Page<WebhookDelivery>> ListDeliveriesAsync(PageRequest? page = null, Guid? endpointId = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/webhook_deliveries{(page ?? new()).Query.Add("endpoint_id", endpointId)}", ClientJson.Default.PageWebhookDelivery, cancellationToken);

    public Task<WebhookDelivery> GetDeliveryAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/webhook_deliveries/{id}", ClientJson.Default.WebhookDelivery, cancellationToken);

    /// <summary>Sends the same event once more; returns the new delivery.</summary>
    public Task<WebhookDelivery> ResendAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"/v1/webhook_deliveries/{id}/resend", null, null, ClientJson.Default.WebhookDelivery, cancellationToken);
}
