using Npgsql;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>The SQL of reports. Each statement gives sums that belong to a span and a key; what belongs to one is added up here, because grouping takes PostgreSQL longer than reading.</summary>
public sealed class UsageStore(Database database)
{
    /// <summary>The days of a report. Asked for beforehand: among bounds that are computed in the statement itself no index is used under row-level security.</summary>
    const string DaysSql = """
        select z.zone, d.day::date, d.day at time zone z.zone, (d.day + interval '1 day') at time zone z.zone
        from (select case when $3 then coalesce(usage_timezone, 'UTC') else 'UTC' end as zone from organizations where id = overmind.org_id()) as z
        cross join lateral generate_series(
            ($1::timestamptz at time zone z.zone)::date::timestamp, (($2::timestamptz - interval '1 microsecond') at time zone z.zone)::date::timestamp, interval '1 day') as d (day)
        order by d.day
        """;

    const string Zone = "(select coalesce(usage_timezone, 'UTC') from organizations where id = overmind.org_id())";

    const string OverLimitSql = """
        select user_id, display_name, tier_name, workflow_runs, tokens_in + tokens_out, trim_scale(round(total_cost_usd, 15)), usage_status = 'OVER_LIMIT'
        from monthly_cost_report
        where usage_status <> 'NORMAL'
        order by total_cost_usd desc
        limit 100
        """;

    internal async Task<(string Timezone, IReadOnlyList<UsageBucket> Spans)> ReportAsync(
        Claims claims, UsageQuery query, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var days = await database.ListAsync(
            claims, new Statement(DaysSql, since.UtcDateTime, until.UtcDateTime, query.BucketWidth == UsageBucketWidth.Day),
            row => (Zone: row.GetString(0), Date: row.GetFieldValue<DateOnly>(1), Start: row.Time(2), End: row.Time(3)), cancellationToken);
        if (days.Count == 0)
            return ("UTC", []);

        var sums = new Dictionary<(DateOnly Date, int? Hour, string? Key), UsageTally>();
        await database.ListAsync(
            claims, new Statement(Source(query), since.UtcDateTime, until.UtcDateTime, query.UserId, days[0].Date, days[^1].Date),
            row =>
            {
                var key = (row.GetFieldValue<DateOnly>(0), (int?)row.Value<short>(1), row.Text(2));
                if (!sums.TryGetValue(key, out var tally))
                    sums.Add(key, tally = new UsageTally());
                tally.Add(row);
                return tally;
            }, cancellationToken);
        var names = await NamesAsync(claims, query.GroupBy, [.. sums.Keys.Select(sum => sum.Key).OfType<string>().Distinct()], cancellationToken);

        var spans = days.ToDictionary(day => day.Date, day => (day.Start, day.End));
        return (days[0].Zone,
        [
            .. from sum in sums
               where sum.Value.Calls > 0 && spans.ContainsKey(sum.Key.Date)
               group sum.Value.Result(sum.Key.Key, sum.Key.Key is { } key ? names.GetValueOrDefault(key) : null) by (sum.Key.Date, sum.Key.Hour) into span
               orderby span.Key
               let start = spans[span.Key.Date].Start.AddHours(span.Key.Hour ?? 0)
               let end = span.Key.Hour is null ? spans[span.Key.Date].End : start.AddHours(1)
               select new UsageBucket(start, end,
               [
                   .. span.OrderByDescending(result => result.CostUsd ?? -1).ThenByDescending(result => result.TokensInput + result.TokensOutput)
                       .ThenBy(result => result.Key, StringComparer.Ordinal),
               ]),
        ]);
    }

    /// <summary>What people call the keys.</summary>
    async Task<Dictionary<string, string>> NamesAsync(Claims claims, UsageGrouping? group, string[] keys, CancellationToken cancellationToken)
    {
        if (keys.Length == 0 || Names(group) is not { } sql)
            return keys.ToDictionary(key => key);
        var names = await database.ListAsync(claims, new Statement(sql, (object)keys), row => (Key: row.GetString(0), Name: row.GetString(1)), cancellationToken);
        return names.ToDictionary(name => name.Key, name => name.Name);
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
                r.metric_date, r.metric_hour, {key}, r.calls, r.unpriced_calls, r.tokens_input, r.tokens_output, r.tokens_cached,
                case when r.currency = 'USD' then {Cost("r.cost")} else 0 end,
                case when r.currency = 'USD' then r.calls - r.unpriced_calls else 0 end, r.latency_ms, r.timed_calls
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
                {Placed(width, "l.created_at")}, {key}, count(*), count(*) - count(l.cost), coalesce(sum(l.tokens_input), 0), coalesce(sum(l.tokens_output), 0),
                coalesce(sum(l.tokens_cached), 0), coalesce({Cost("sum(l.cost) filter (where l.currency = 'USD')")}, 0),
                count(l.cost) filter (where l.currency = 'USD'), coalesce(sum(l.latency_ms), 0)::numeric, count(l.latency_ms)
            from token_usage l
            where l.status = 'settled' and l.outcome is distinct from 'blocked'
              and l.user_id = $3
              and l.id >= overmind.uuid_v7_floor($1::timestamptz - interval '2 days')
              and l.id < overmind.uuid_v7_floor($2::timestamptz + interval '2 days')
              and {Created(width, "l.created_at")}
            group by 1, 2, 3
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

    // It has more digits than programs' numbers hold only when it is longer than any price: it is cut then.
    static string Cost(string sum) => $"trim_scale(round({sum}, 15))";

    static string? Names(UsageGrouping? group) => group switch
    {
        UsageGrouping.User => "select user_id::text, display_name from organization_members where organization_id = overmind.org_id() and user_id = any ($1::text[]::uuid[])",
        UsageGrouping.Project => "select id::text, name from projects where organization_id = overmind.org_id() and id = any ($1::text[]::uuid[])",
        UsageGrouping.Workflow => "select distinct on (key) key, name from workflows where organization_id = overmind.org_id() and key = any ($1) order by key, version desc",
        UsageGrouping.ApiKey => "select id::text, name from api_keys where organization_id = overmind.org_id() and id = any ($1::text[]::uuid[])",
        _ => null,
    };

    internal Task<IReadOnlyList<MemberCost>> OverLimitAsync(Claims claims, CancellationToken cancellationToken) => database.ListAsync(
        claims, new Statement(OverLimitSql),
        row => new MemberCost(row.GetGuid(0), row.GetString(1), row.Text(2), row.GetInt64(3), row.GetDecimal(4), row.GetDecimal(5), row.GetBoolean(6)), cancellationToken);
}
