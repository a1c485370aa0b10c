namespace Overmind.Jobs.Webhooks;

/// <summary>Where an organization wants to hear of events. Its secret is shown once, when it is made or rotated.</summary>
public sealed record WebhookEndpoint
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>webhook_endpoint</c>.</summary>
    public string Object { get; } = "webhook_endpoint";

    public required string Url { get; init; }

    /// <summary>What it is for; null: not said.</summary>
    public string? Description { get; init; }

    /// <summary>Only these types; empty: all.</summary>
    public required IReadOnlyList<string> EventTypes { get; init; }

    /// <summary>False: nothing is sent.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Why nothing is sent: <c>failing</c> (for five days) or <c>gone</c> (it answered 410); null while it is enabled.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>When the first attempt failed since the last that succeeded.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When it last took an event.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Until when the secret before the last rotation signs as well.</summary>
    public DateTimeOffset? PreviousSecretExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
