namespace Overmind.Jobs.Webhooks;

/// <summary>What is posted.</summary>
/// <param name="Secrets">What signs, as <c>whsec_…</c>: the endpoint's, and its previous one while that still does.</param>
sealed record WebhookMessage(Uri Url, Guid EventId, string Body, IReadOnlyList<string> Secrets);
