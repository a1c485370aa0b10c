namespace Overmind.Tenancy;

/// <summary>Which tier a person has in an organization, and until when its period runs.</summary>
public sealed record Subscription
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>subscription</c>.</summary>
    public string Object { get; } = "subscription";

    public required Guid UserId { get; init; }

    /// <summary>The tier's name, as <c>free</c>.</summary>
    public required string Tier { get; init; }

    public required SubscriptionStatus Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset CurrentPeriodStart { get; init; }

    public required DateTimeOffset CurrentPeriodEnd { get; init; }

    /// <summary>The lower tier that follows at the end of the period; null: it goes on.</summary>
    public string? NextTier { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
