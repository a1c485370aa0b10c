using System.Text.Json.Serialization;

namespace Overmind.Tenancy;

/// <summary>What a person may subscribe to: the same for all organizations of the installation.</summary>
public sealed record SubscriptionTier
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>subscription_tier</c>.</summary>
    public string Object { get; } = "subscription_tier";

    /// <summary>Its stable name, as <c>free</c>.</summary>
    public required string TierName { get; init; }

    public required string DisplayName { get; init; }

    public string? Description { get; init; }

    /// <summary>Its place: a change to a higher one holds at once, to a lower one from the next period.</summary>
    public required int Rank { get; init; }

    /// <summary>Of a period, in US dollars (a decimal string in JSON); null: by agreement.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? PriceUsd { get; init; }

    /// <summary>How long a period is.</summary>
    public required double PeriodDays { get; init; }

    /// <summary>Runs a month; null: no limit.</summary>
    public int? MonthlyQueryLimit { get; init; }

    /// <summary>Tokens a month; null: no limit.</summary>
    public long? MonthlyTokenLimit { get; init; }

    /// <summary>What runs may cost a month, in US dollars (a decimal string in JSON); null: no limit.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? MonthlyCostLimitUsd { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Whether people choose it by themselves; the others are given by the operator.</summary>
    public required bool IsOffered { get; init; }
}
