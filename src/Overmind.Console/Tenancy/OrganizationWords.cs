using Overmind.Tenancy;

namespace Overmind.WebConsole.Tenancy;

/// <summary>How the console says what an organization is and may.</summary>
static class OrganizationWords
{
    public static string State(Organization organization) => organization switch
    {
        { Status: OrganizationStatus.Cancelled, EndsAt: { } ends } => $"cancelled, ends {ends:yyyy-MM-dd}",
        _ => LowerSnake.Write(organization.Status),
    };

    public static string Tier(SubscriptionTier tier) => $"{tier.DisplayName} · {Price(tier)}";

    public static string Limits(SubscriptionTier tier) =>
        $"Runs a month: {Limit(tier.MonthlyQueryLimit)}. Tokens a month: {Limit(tier.MonthlyTokenLimit)}. {Price(tier)}{(tier.PriceUsd is 0 ? null : $" for each {tier.PeriodDays:0.#} days")}.";

    static string Price(SubscriptionTier tier) => tier.PriceUsd switch
    {
        null => "Price by agreement",
        0 => "Without charge",
        { } price => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"US${price:#,0.00}"),
    };

    public static string Limit(long? limit) => limit?.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) ?? "no limit";
}
