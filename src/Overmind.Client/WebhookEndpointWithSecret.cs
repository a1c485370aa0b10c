namespace Overmind.Client;

/// <summary>A webhook endpoint with its secret, which is shown this once.</summary>
/// <param name="Secret">As <c>whsec_…</c>.</param>
public sealed record WebhookEndpointWithSecret(WebhookEndpoint WebhookEndpoint, string Secret);
