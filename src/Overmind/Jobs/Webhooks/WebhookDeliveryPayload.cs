namespace Overmind.Jobs.Webhooks;

/// <summary>Which delivery a job attempts.</summary>
public sealed record WebhookDeliveryPayload(Guid DeliveryId);
