namespace Overmind.Jobs.Webhooks;

/// <summary>A delivery that is due, and the endpoint it goes to.</summary>
sealed record WebhookWork
{
    public required Guid DeliveryId { get; init; }

    public required Guid EndpointId { get; init; }

    public required Guid EventId { get; init; }

    public required string Body { get; init; }

    public required int AttemptCount { get; init; }

    public required string Url { get; init; }

    public required bool IsEnabled { get; init; }

    public required DateTimeOffset? FailingSince { get; init; }

    public required byte[] Secret { get; init; }

    /// <summary>Null when there is none that still signs.</summary>
    public required byte[]? PreviousSecret { get; init; }
}
