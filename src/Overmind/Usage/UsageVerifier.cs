using System.Data;
using System.Text.Json.Nodes;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>Compares the sums of usage with the ledger, and restores them from it; as the schema's owner, who alone sees all of it.</summary>
static class UsageVerifier
{
    const int MaxDifferences = 100;

    const string SumsSql = """
        select s.name, s.tokens::text, trim_scale(s.cost)::text
        from (
            select
                0 as place, 'token_usage' as name, coalesce(sum(coalesce(tokens_input, 0)::numeric + coalesce(tokens_output, 0)), 0) as tokens,
                coalesce(sum(cost) filter (where currency = 'USD'), 0) as cost
            from public.token_usage
            where status = 'settled'
            union all
            select 1, 'token_usage_daily', coalesce(sum(total_tokens), 0), coalesce(sum(total_cost_usd), 0)
            from public.token_usage_daily
            union all
            select 2, format('usage_metrics by %s and %s', d.dimension, d.grain), coalesce(sum(m.token_count), 0), coalesce(sum(m.estimated_cost_usd), 0)
            from (values ('organization', 'day'), ('organization', 'hour'), ('user', 'day'), ('user', 'hour')) as d (dimension, grain)
            left join public.usage_metrics m on m.dimension = d.dimension and (m.metric_hour is null) = (d.grain = 'day')
            group by d.dimension, d.grain) as s
        order by s.place, s.name
        """;

    const string DifferencesSql = """
        select organization_id, dimension, grain, metric_date, metric_hour, coalesce(user_id::text, subject), latency_bucket, ledger::text, rolled_up::text
        from overmind.verify_usage($1)
        """;

    public static async Task<UsageVerification> VerifyAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        // One moment for all that is compared: calls that end meanwhile are seen by neither side.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var sums = await ReadAsync(connection, SumsSql, [], row => new UsageSum(row.GetString(0), row.GetString(1), row.GetString(2)), cancellationToken);
        var differences = await ReadAsync(connection, DifferencesSql, [MaxDifferences], Difference, cancellationToken);
        return new UsageVerification(sums, differences);
    }

    /// <summary>Sums up each organization anew, one after the other, while calls go on. How many organizations and calls.</summary>
    public static async Task<(int Organizations, long Calls)> RebuildAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        var organizations = await ReadAsync(connection, "select id from public.organizations order by id", [], row => row.GetGuid(0), cancellationToken);
        var calls = 0L;
        foreach (var organization in organizations)
            calls += (await ReadAsync(connection, "select overmind.rebuild_usage($1)", [organization], row => row.GetInt64(0), cancellationToken))[0];
        return (organizations.Count, calls);
    }

    static UsageDifference Difference(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateOnly>(3), row.Value<short>(4), row.Text(5), row.Value<short>(6),
        JsonNode.Parse(row.GetString(7)), JsonNode.Parse(row.GetString(8)));

    static async Task<IReadOnlyList<T>> ReadAsync<T>(
        NpgsqlConnection connection, string sql, object[] parameters, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(map(reader));
        return rows;
    }
}
