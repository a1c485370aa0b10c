using Npgsql;
using Overmind.Postgres;

namespace Overmind.Usage.Budgets;

/// <summary>How budgets are read.</summary>
static class BudgetRow
{
    /// <summary>Of money in another currency a sum may have more digits than decimal types hold.</summary>
    const string UsageColumns = """
        nullif(u.subject, ''), t.period_start, t.period_end, trim_scale(round(coalesce(u.used, 0), 12)), trim_scale(round(coalesce(u.reserved, 0), 12)),
        trim_scale(round(greatest(coalesce(b.second_limit, b.limit_amount) - coalesce(u.used, 0) - coalesce(u.reserved, 0), 0), 12)),
        case
            when u.reached_at is not null or coalesce(u.used, 0) >= b.limit_amount then 'reached'
            when u.soft_reached_at is not null or u.used >= b.soft_ratio * b.limit_amount then 'soft'
            else 'ok'
        end,
        u.reached_at, coalesce(u.unpriced_calls, 0)
        """;

    const string Period = """
        from budgets b
        join organizations o on o.id = b.organization_id
        cross join lateral overmind.budget_period(o.timezone, b.period, statement_timestamp()) as t
        """;

    public const string Select = $"""
        select
            {UsageColumns},
            b.id, b.name, b.dimension, b.subject, b.period, b.unit, b.currency, trim_scale(b.limit_amount), trim_scale(b.soft_ratio), b.on_limit,
            trim_scale(b.second_limit), b.is_active, b.created_by, b.created_at, b.updated_at
        {Period}
        left join lateral (
            select n.*
            from budget_usage n
            where n.organization_id = b.organization_id and n.budget_id = b.id
            order by n.used desc, n.subject
            limit 1) as u on true
        """;

    public const string SelectUsage = $"""
        select {UsageColumns}
        {Period}
        join budget_usage u on u.organization_id = b.organization_id and u.budget_id = b.id
        """;

    public static BudgetUsage Usage(NpgsqlDataReader row, int first) => new()
    {
        Subject = row.Text(first),
        PeriodStart = row.Time(first + 1),
        PeriodEnd = row.Time(first + 2),
        Used = row.GetDecimal(first + 3),
        Reserved = row.GetDecimal(first + 4),
        Remaining = row.GetDecimal(first + 5),
        State = row.Word<BudgetState>(first + 6),
        ReachedAt = row.IsDBNull(first + 7) ? null : row.Time(first + 7),
        UnpricedCalls = row.GetInt64(first + 8),
    };

    public static Budget Map(NpgsqlDataReader row) => new()
    {
        Usage = Usage(row, 0),
        Id = row.GetGuid(9),
        Name = row.GetString(10),
        Dimension = row.Word<BudgetDimension>(11),
        Subject = row.Text(12),
        Period = row.Word<BudgetPeriod>(13),
        Unit = row.Word<BudgetUnit>(14),
        Currency = row.Text(15),
        LimitAmount = row.GetDecimal(16),
        SoftRatio = row.GetDecimal(17),
        OnLimit = row.Word<BudgetLimitAction>(18),
        SecondLimit = row.Value<decimal>(19),
        IsActive = row.GetBoolean(20),
        CreatedBy = row.Value<Guid>(21),
        CreatedAt = row.Time(22),
        UpdatedAt = row.Time(23),
    };
}
