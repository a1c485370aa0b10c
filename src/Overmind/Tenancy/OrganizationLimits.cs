using System.Text.Json.Nodes;
using Overmind.Errors;

namespace Overmind.Tenancy;

/// <summary>What the operator changes of an organization; a member left null stays as it is, and a limit changed to null is none.</summary>
public sealed record OrganizationLimits
{
    public OrganizationPlan? Plan { get; init; }

    /// <summary>From 0.</summary>
    public Change<int?>? MonthlyQueryLimit { get; init; }

    /// <summary>From 0.</summary>
    public Change<long?>? MonthlyTokenLimit { get; init; }

    /// <summary>From 1. Who is a member already stays one.</summary>
    public Change<int?>? MaxUsers { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Require(MonthlyQueryLimit?.Value is null or >= 0, "monthly_query_limit", "monthly_query_limit is at least 0.");
        checks.Require(MonthlyTokenLimit?.Value is null or >= 0, "monthly_token_limit", "monthly_token_limit is at least 0.");
        checks.Require(MaxUsers?.Value is null or >= 1, "max_users", "max_users is at least 1.");
        checks.ThrowIfAny();
    }

    internal string Changes()
    {
        var changes = new JsonObject();
        if (Plan is { } plan) changes["plan"] = LowerSnake.Write(plan);
        if (MonthlyQueryLimit is { } queries) changes["monthly_query_limit"] = queries.Value;
        if (MonthlyTokenLimit is { } tokens) changes["monthly_token_limit"] = tokens.Value;
        if (MaxUsers is { } users) changes["max_users"] = users.Value;
        return changes.ToJsonString();
    }
}
