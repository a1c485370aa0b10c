namespace Overmind.Client;

/// <summary>What was or is to be sent to an endpoint.</summary>
public sealed record WebhookDelivery
{
    public required Guid Id { get; init; }

    public required Guid EndpointId { get; init; }

    /// <summary>The event, the same for all endpoints and in every attempt: <c>webhook-id</c>.</summary>
    public required Guid EventId { get; init; }

    public required string EventType { get; init; }

    /// <summary><c>pending</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    public required int AttemptCount { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<WebhookAttempt> Attempts { get; init; }

    /// <summary>What is posted, to the byte.</summary>
    public required string Body { get; init; }

    public DateTimeOffset? NextAttemptAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
