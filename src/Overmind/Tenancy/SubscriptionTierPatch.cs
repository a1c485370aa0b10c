using System.Text.Json.Nodes;
using Overmind.Errors;

namespace Overmind.Tenancy;

/// <summary>What the operator changes of a tier; a member left null stays as it is.</summary>
public sealed record SubscriptionTierPatch
{
    /// <summary>1 to 255 characters.</summary>
    public string? DisplayName { get; init; }

    /// <summary>At most 1000 characters.</summary>
    public Change<string?>? Description { get; init; }

    /// <summary>From 0; to null: by agreement.</summary>
    public Change<decimal?>? PriceUsd { get; init; }

    /// <summary>From 0; to null: no limit.</summary>
    public Change<int?>? MonthlyQueryLimit { get; init; }

    /// <summary>From 0; to null: no limit.</summary>
    public Change<long?>? MonthlyTokenLimit { get; init; }

    /// <summary>From 0; to null: no limit.</summary>
    public Change<decimal?>? MonthlyCostLimitUsd { get; init; }

    /// <summary>At most 50, replacing what is there.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    public bool? IsOffered { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Text("display_name", DisplayName, 1, 255);
        checks.Text("description", Description?.Value, 0, 1000);
        checks.Require(PriceUsd?.Value is null or >= 0, "price_usd", "price_usd is at least 0.");
        checks.Require(MonthlyQueryLimit?.Value is null or >= 0, "monthly_query_limit", "monthly_query_limit is at least 0.");
        checks.Require(MonthlyTokenLimit?.Value is null or >= 0, "monthly_token_limit", "monthly_token_limit is at least 0.");
        checks.Require(MonthlyCostLimitUsd?.Value is null or >= 0, "monthly_cost_limit_usd", "monthly_cost_limit_usd is at least 0.");
        FeatureNames.Check(ref checks, "features", Features);
        checks.ThrowIfAny();
    }

    internal string Changes()
    {
        var changes = new JsonObject();
        if (DisplayName is not null) changes["display_name"] = DisplayName;
        if (Description is { } description) changes["description"] = description.Value;
        if (PriceUsd is { } price) changes["price_usd"] = price.Value;
        if (MonthlyQueryLimit is { } queries) changes["monthly_query_limit"] = queries.Value;
        if (MonthlyTokenLimit is { } tokens) changes["monthly_token_limit"] = tokens.Value;
        if (MonthlyCostLimitUsd is { } cost) changes["monthly_cost_limit_usd"] = cost.Value;
        if (Features is not null) changes["features"] = new JsonArray([.. Features.Select(feature => JsonValue.Create(feature))]);
        if (IsOffered is { } offered) changes["is_offered"] = offered;
        return changes.ToJsonString();
    }
}
