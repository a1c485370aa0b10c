using Npgsql;
using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>The SQL of tiers and subscriptions.</summary>
public sealed class SubscriptionStore(Database database)
{
    internal const string TierColumns = """
        t.id, t.tier_name, t.display_name, t.description, t.rank, t.price_usd, extract(epoch from t.period)::double precision / 86400,
        t.monthly_query_limit, t.monthly_token_limit, t.monthly_cost_limit_usd, t.features, t.is_offered
        """;

    internal const string SelectSql = """
        select s.id, s.user_id, t.tier_name, s.status, s.started_at, s.current_period_start, s.current_period_end, n.tier_name, s.created_at, s.updated_at
        """;

    internal const string JoinSql = "join subscription_tiers t on t.id = s.tier_id left join subscription_tiers n on n.id = s.next_tier_id";

    const string FindSql = $"{SelectSql} from user_subscriptions s {JoinSql} where s.user_id = $1 and s.status = 'active'";

    const string ChangeSql = $"{SelectSql} from overmind.change_tier($1, $2) as s {JoinSql}";

    const string TiersSql = $"select {TierColumns} from subscription_tiers t order by t.rank";

    internal Task<IReadOnlyList<SubscriptionTier>> TiersAsync(Claims claims, CancellationToken cancellationToken) =>
        database.ListAsync(claims, new Statement(TiersSql), MapTier, cancellationToken);

    /// <summary>The active one; null when there is none that the caller sees.</summary>
    internal Task<Subscription?> FindAsync(Claims claims, Guid userId, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(FindSql, userId), Map, cancellationToken);

    /// <summary>Null when there is no such member or tier that the caller may change.</summary>
    internal Task<Subscription?> ChangeAsync(Claims claims, Guid userId, string tier, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(ChangeSql, userId, tier), Map, cancellationToken);

    internal static Subscription Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        UserId = row.GetGuid(1),
        Tier = row.GetString(2),
        Status = row.Word<SubscriptionStatus>(3),
        StartedAt = row.Time(4),
        CurrentPeriodStart = row.Time(5),
        CurrentPeriodEnd = row.Time(6),
        NextTier = row.Text(7),
        CreatedAt = row.Time(8),
        UpdatedAt = row.Time(9),
    };

    internal static SubscriptionTier MapTier(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        TierName = row.GetString(1),
        DisplayName = row.GetString(2),
        Description = row.Text(3),
        Rank = row.GetInt32(4),
        PriceUsd = row.Value<decimal>(5),
        PeriodDays = row.GetDouble(6),
        MonthlyQueryLimit = row.Value<int>(7),
        MonthlyTokenLimit = row.Value<long>(8),
        MonthlyCostLimitUsd = row.Value<decimal>(9),
        Features = row.GetFieldValue<string[]>(10),
        IsOffered = row.GetBoolean(11),
    };
}
