namespace Overmind.Client;

/// <summary>Where an organization wants to hear of events.</summary>
public sealed record WebhookEndpoint
{
    public required Guid Id { get; init; }

    public required string Url { get; init; }

    public string? Description { get; init; }

    /// <summary>Only these types; empty: all.</summary>
    public required IReadOnlyList<string> EventTypes { get; init; }

    public required bool IsEnabled { get; init; }

    /// <summary><c>failing</c> or <c>gone</c>; null while it is enabled.</summary>
    public string? DisabledReason { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Until when the secret before the last rotation signs as well.</summary>
    public DateTimeOffset? PreviousSecretExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
