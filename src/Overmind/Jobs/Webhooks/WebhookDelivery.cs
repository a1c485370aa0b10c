namespace Overmind.Jobs.Webhooks;

/// <summary>What was or is to be sent to an endpoint; kept for 30 days.</summary>
public sealed record WebhookDelivery
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>webhook_delivery</c>.</summary>
    public string Object { get; } = "webhook_delivery";

    public required Guid EndpointId { get; init; }

    /// <summary>The event, the same for all endpoints and in every attempt: <c>webhook-id</c>.</summary>
    public required Guid EventId { get; init; }

    public required string EventType { get; init; }

    public required WebhookDeliveryStatus Status { get; init; }

    public required int AttemptCount { get; init; }

    /// <summary>Oldest first.</summary>
    public required JsonText Attempts { get; init; }

    /// <summary>What is posted, to the byte.</summary>
    public required string Body { get; init; }

    /// <summary>When the next attempt is due; null when none is.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
