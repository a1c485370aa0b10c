using Npgsql;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>The SQL of reports. Each statement gives spans, what they are grouped by, and sums.</summary>
public sealed class UsageStore(Database database)
{
    /// <summary>The first and the last day of a report. Asked for beforehand: among bounds that are computed in the statement itself no index is used under row-level security.</summary>
    const string DaysSql = """
        select z.zone, ($1::timestamptz at time zone z.zone)::date, (($2::timestamptz - interval '1 microsecond') at time zone z.zone)::date
        from (select case when $3 then coalesce(usage_timezone, 'UTC') else 'UTC' end as zone from organizations where id = overmind.org_id()) as z
        """;

    const string Zone = "(select coalesce(usage_timezone, 'UTC') from organizations where id = overmind.org_id())";

    const string DaySpan = $"(s.metric_date::timestamp at time zone {Zone}), ((s.metric_date + 1)::timestamp at time zone {Zone})";

    const string HourSpan = "((s.metric_date + make_interval(hours => s.metric_hour)) at time zone 'UTC'), ((s.metric_date + make_interval(hours => s.metric_hour + 1)) at time zone 'UTC')";

    /// <summary>A cost has more digits than programs' numbers hold only when it is longer than any price: it is cut then.</summary>
    const string Cost = "case when sum(s.priced) > 0 then trim_scale(round(sum(s.cost_usd), 15)) end";

    const string OverLimitSql = """
        select user_id, display_name, tier_name, workflow_runs, tokens_in + tokens_out, trim_scale(round(total_cost_usd, 15)), usage_status = 'OVER_LIMIT'
        from monthly_cost_report
        where usage_status <> 'NORMAL'
        order by total_cost_usd desc
        limit 100
        """;

    internal async Task<(string Timezone, IReadOnlyList<UsageRow> Rows)> ReportAsync(
        Claims claims, UsageQuery query, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var sql = $"""
            with s as ({Source(query)}),
            sums as materialized (
                select
                    s.metric_date, s.metric_hour, s.key, sum(s.calls)::bigint as calls, sum(s.tokens_input) as tokens_input, sum(s.tokens_output) as tokens_output,
                    sum(s.tokens_cached) as tokens_cached, {Cost} as cost_usd, sum(s.unpriced_calls)::bigint as unpriced_calls,
                    round(sum(s.latency_ms) / nullif(sum(s.timed_calls), 0))::integer as latency_ms
                from s
                group by s.metric_date, s.metric_hour, s.key
                having sum(s.calls) > 0
            ),
            -- Looked up once a key, and not once a key and span.
            names as materialized (
                select jsonb_object_agg(k.key, {Name(query.GroupBy)}) as by_key
                from (select distinct s.key from sums s where s.key is not null) as k
            )
            select
                {(query.BucketWidth == UsageBucketWidth.Day ? DaySpan : HourSpan)},
                s.key, n.by_key ->> s.key, s.calls, s.tokens_input, s.tokens_output, s.tokens_cached, s.cost_usd, s.unpriced_calls, s.latency_ms
            from sums s
            cross join names n
            order by s.metric_date, s.metric_hour, s.cost_usd desc nulls last, s.tokens_input + s.tokens_output desc, s.key
            """;
        var (zone, first, last) = await database.FindAsync(
            claims, new Statement(DaysSql, since.UtcDateTime, until.UtcDateTime, query.BucketWidth == UsageBucketWidth.Day),
            row => ((string, DateOnly, DateOnly)?)(row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetFieldValue<DateOnly>(2)), cancellationToken) ?? ("UTC", DateOnly.MinValue, DateOnly.MinValue);
        return (zone, await database.ListAsync(claims, new Statement(sql, since.UtcDateTime, until.UtcDateTime, query.UserId, first, last), Map, cancellationToken));
    }

    /// <summary>From the sums where they have it; what a member used of a model and the like from their rows of the ledger, which have an index.</summary>
    static string Source(UsageQuery query) => query is { GroupBy: { } group and not UsageGrouping.User, UserId: not null }
        ? Ledger(group, query.BucketWidth)
        : Sums(query);

    static string Sums(UsageQuery query)
    {
        var dimension = query switch
        {
            { GroupBy: { } group } => LowerSnake.Write(group),
            { UserId: not null } => "user",
            _ => "organization",
        };
        var key = query.GroupBy switch { null => "null::text", UsageGrouping.User => "r.user_id::text", _ => "r.subject" };
        return $"""
            select
                r.metric_date, r.metric_hour, {key} as key, r.calls, r.unpriced_calls, r.tokens_input, r.tokens_output, r.tokens_cached,
                case when r.currency = 'USD' then r.cost end as cost_usd, case when r.currency = 'USD' then r.calls - r.unpriced_calls end as priced,
                r.latency_ms, r.timed_calls
            from usage_rollups r
            where r.part = 'sums'
              and r.dimension = '{dimension}'
              and r.grain = '{(query.BucketWidth == UsageBucketWidth.Day ? "day" : "hour")}'
              and {Between(query.BucketWidth, "r.metric_date", "r.metric_hour")}
              and ($3::uuid is null or r.user_id = $3)
            """;
    }

    // Ids are of the time at which calls are reserved, give or take the clocks of nodes.
    static string Ledger(UsageGrouping group, UsageBucketWidth width)
    {
        var key = group switch
        {
            UsageGrouping.Model => "l.provider || '/' || l.model",
            UsageGrouping.Operation => "l.operation",
            UsageGrouping.Workflow => "l.workflow_key",
            UsageGrouping.ApiKey => "l.api_key_id::text",
            _ => "l.project_id::text",
        };
        return $"""
            select
                {Placed(width, "l.created_at")}, {key} as key, 1 as calls, (l.cost is null)::integer as unpriced_calls, coalesce(l.tokens_input, 0)::numeric as tokens_input,
                coalesce(l.tokens_output, 0)::numeric as tokens_output, coalesce(l.tokens_cached, 0)::numeric as tokens_cached,
                case when l.currency = 'USD' then l.cost end as cost_usd, (l.currency = 'USD' and l.cost is not null)::integer as priced,
                coalesce(l.latency_ms, 0) as latency_ms, (l.latency_ms is not null)::integer as timed_calls
            from token_usage l
            where l.status = 'settled' and l.outcome is distinct from 'blocked'
              and l.user_id = $3
              and l.id >= overmind.uuid_v7_floor($1::timestamptz - interval '2 days')
              and l.id < overmind.uuid_v7_floor($2::timestamptz + interval '2 days')
              and {Created(width, "l.created_at")}
            """;
    }

    static string Placed(UsageBucketWidth width, string column) => width == UsageBucketWidth.Day
        ? $"({column} at time zone {Zone})::date as metric_date, null::smallint as metric_hour"
        : $"({column} at time zone 'UTC')::date as metric_date, extract(hour from {column} at time zone 'UTC')::smallint as metric_hour";

    static string Between(UsageBucketWidth width, string date, string hour) => width == UsageBucketWidth.Day
        ? $"{date} >= $4 and {date} <= $5"
        : $"""
            {date} >= $4
              and {date} <= $5
              and {date} + make_interval(hours => {hour}) >= date_trunc('hour', $1::timestamptz at time zone 'UTC')
              and {date} + make_interval(hours => {hour}) < $2::timestamptz at time zone 'UTC'
            """;

    // Whole spans, as the sums have them: to the end of the one that the last moment lies in.
    static string Created(UsageBucketWidth width, string column) => width == UsageBucketWidth.Day
        ? $"{column} >= date_trunc('day', $1::timestamptz at time zone {Zone}) at time zone {Zone} and {column} < (date_trunc('day', $2::timestamptz at time zone {Zone} - interval '1 microsecond') + interval '1 day') at time zone {Zone}"
        : $"{column} >= date_trunc('hour', $1::timestamptz, 'UTC') and {column} < date_trunc('hour', $2::timestamptz - interval '1 microsecond', 'UTC') + interval '1 hour'";

    static string Name(UsageGrouping? group) => group switch
    {
        UsageGrouping.User => "(select m.display_name from organization_members m where m.organization_id = overmind.org_id() and m.user_id = k.key::uuid)",
        UsageGrouping.Project => "(select p.name from projects p where p.organization_id = overmind.org_id() and p.id = k.key::uuid)",
        UsageGrouping.Workflow => "(select w.name from workflows w where w.organization_id = overmind.org_id() and w.key = k.key order by w.version desc limit 1)",
        UsageGrouping.ApiKey => "(select a.name from api_keys a where a.organization_id = overmind.org_id() and a.id = k.key::uuid)",
        _ => "k.key",
    };

    internal Task<IReadOnlyList<MemberCost>> OverLimitAsync(Claims claims, CancellationToken cancellationToken) => database.ListAsync(
        claims, new Statement(OverLimitSql),
        row => new MemberCost(row.GetGuid(0), row.GetString(1), row.Text(2), row.GetInt64(3), row.GetDecimal(4), row.GetDecimal(5), row.GetBoolean(6)), cancellationToken);

    static UsageRow Map(NpgsqlDataReader row) => new(row.Time(0), row.Time(1), new UsageResult
    {
        Key = row.Text(2),
        Name = row.Text(3),
        Calls = row.GetInt64(4),
        TokensInput = row.GetDecimal(5),
        TokensOutput = row.GetDecimal(6),
        TokensCached = row.GetDecimal(7),
        CostUsd = row.Value<decimal>(8),
        UnpricedCalls = row.GetInt64(9),
        AvgLatencyMs = row.Value<int>(10),
    });
}
