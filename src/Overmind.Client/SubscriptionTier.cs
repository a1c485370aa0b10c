namespace Overmind.Client;

/// <summary>What a person may subscribe to.</summary>
public sealed record SubscriptionTier
{
    public required Guid Id { get; init; }

    /// <summary>Its stable name, as <c>free</c>.</summary>
    public required string TierName { get; init; }

    public required string DisplayName { get; init; }

    public string? Description { get; init; }

    /// <summary>A change to a higher one holds at once, to a lower one from the next period.</summary>
    public required int Rank { get; init; }

    /// <summary>Of a period, in US dollars; null: by agreement.</summary>
    public decimal? PriceUsd { get; init; }

    public required double PeriodDays { get; init; }

    /// <summary>Runs a month; null: no limit.</summary>
    public int? MonthlyQueryLimit { get; init; }

    /// <summary>Null: no limit.</summary>
    public long? MonthlyTokenLimit { get; init; }

    /// <summary>In US dollars; null: no limit.</summary>
    public decimal? MonthlyCostLimitUsd { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Whether people choose it by themselves.</summary>
    public required bool IsOffered { get; init; }
}
