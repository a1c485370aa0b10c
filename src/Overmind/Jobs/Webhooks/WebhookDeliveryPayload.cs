namespace Overmind.Jobs.Webhooks;

/// <summary>Which delivery a job attempts.</summary>
sealed record WebhookDeliveryPayload(Guid DeliveryId);
