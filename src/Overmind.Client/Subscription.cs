namespace Overmind.Client;

/// <summary>Which tier a person has, and until when its period runs.</summary>
public sealed record Subscription
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The tier's name.</summary>
    public required string Tier { get; init; }

    /// <summary><c>active</c> or <c>ended</c>.</summary>
    public required string Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset CurrentPeriodStart { get; init; }

    public required DateTimeOffset CurrentPeriodEnd { get; init; }

    /// <summary>The lower tier that follows at the end of the period.</summary>
    public string? NextTier { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
