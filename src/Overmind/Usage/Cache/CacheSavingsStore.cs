using Npgsql;
using Overmind.Postgres;

namespace Overmind.Usage.Cache;

/// <summary>The SQL of what the response cache saved.</summary>
public sealed class CacheSavingsStore(Database database)
{
    // Whole spans. Asked for beforehand: among bounds that are computed in the statement itself no index is used under row-level security.
    const string SpansSql = """
        select z.zone, date_trunc($3, $1::timestamptz, z.zone),
            (date_trunc($3, ($2::timestamptz - interval '1 microsecond') at time zone z.zone) + ('1 ' || $3)::interval) at time zone z.zone
        from (select case when $3 = 'day' then coalesce(usage_timezone, 'UTC') else 'UTC' end as zone from organizations where id = overmind.org_id()) as z
        """;

    const string Sums = """
        count(*),
        count(*) filter (where kind = 'exact'), coalesce(sum(tokens_saved) filter (where kind = 'exact'), 0)::bigint,
        trim_scale(round(coalesce(sum(cost_saved) filter (where kind = 'exact'), 0), 15)),
        count(*) filter (where kind = 'semantic'), coalesce(sum(tokens_saved) filter (where kind = 'semantic'), 0)::bigint,
        trim_scale(round(coalesce(sum(cost_saved) filter (where kind = 'semantic'), 0), 15))
        """;

    const string Lookups = "from cache_lookups where created_at >= $1 and created_at < $2";

    const string DataSql = $"""
        select
            date_trunc($3, created_at, $4),
            (date_trunc($3, created_at at time zone $4) + ('1 ' || $3)::interval) at time zone $4,
            {Sums}
        {Lookups}
        group by 1, 2
        order by 1
        """;

    const string TotalSql = $"select $1::timestamptz, $2::timestamptz, {Sums} {Lookups}";

    // Bands of two hundredths.
    const string BandsSql = $"""
        select band / 50.0, (band + 1) / 50.0, count(*), count(reported_at)
        from (select least(49, floor(round(similarity::numeric, 6) * 50))::integer as band, reported_at {Lookups} and kind = 'semantic') as hits
        group by band
        order by band
        """;

    internal async Task<CacheSavings> ReadAsync(Claims claims, UsageBucketWidth width, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var span = width == UsageBucketWidth.Day ? "day" : "hour";
        var (zone, first, last) = await database.FindAsync(
            claims, new Statement(SpansSql, since.UtcDateTime, until.UtcDateTime, span), row => ((string, DateTimeOffset, DateTimeOffset)?)(row.GetString(0), row.Time(1), row.Time(2)),
            cancellationToken) ?? ("UTC", since, until);
        var (from, to) = (first.UtcDateTime, last.UtcDateTime);
        await using var results = await database.SendAsync(claims, [new(DataSql, from, to, span, zone), new(TotalSql, from, to), new(BandsSql, from, to)], cancellationToken);
        return new CacheSavings
        {
            BucketWidth = width,
            Timezone = zone,
            Data = await results.ListAsync(Bucket),
            Total = (await results.FindAsync(Bucket))!,
            SimilarityBands = await results.ListAsync(row => new SimilarityBand((double)row.GetDecimal(0), (double)row.GetDecimal(1), row.GetInt64(2), row.GetInt64(3))),
        };
    }

    static CacheSavingsBucket Bucket(NpgsqlDataReader row) => new()
    {
        StartTime = row.Time(0),
        EndTime = row.Time(1),
        Lookups = row.GetInt64(2),
        Exact = new CacheSaved(row.GetInt64(3), row.GetInt64(4), row.GetDecimal(5)),
        Semantic = new CacheSaved(row.GetInt64(6), row.GetInt64(7), row.GetDecimal(8)),
    };
}
