using Overmind.Jobs.Webhooks;

namespace Overmind.Server.Jobs;

/// <summary>A webhook endpoint with its secret, which is shown this once.</summary>
/// <param name="Secret">As <c>whsec_…</c>: verifies what is sent.</param>
public sealed record WebhookEndpointWithSecret(WebhookEndpoint WebhookEndpoint, string Secret);
