using System.Diagnostics;
using Npgsql;
using Overmind.Access;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;
using Overmind.Usage;

namespace Overmind.Bench.Measures;

/// <summary>
/// Reports of usage by an organization's admin, over a ledger of half a year: 200 members, 16 models, 50 projects, 8 workflows and 20 API keys, all of it summed up. The
/// ledger is kept between runs.
/// </summary>
static class DashboardMeasure
{
    const int Calls = 10_000_000;

    const int Times = 15;

    const string Fill = """
        insert into users (id, email, name)
        select ('019ac000-0000-7000-8000-000000000' || lpad(i::text, 3, '0'))::uuid, 'u' || i || '@example.test', 'Member ' || i
        from generate_series(100, 298) as i;
        insert into organization_members (organization_id, user_id, display_name, role)
        select $1, u.id, u.name, 'user'
        from users u
        where u.email like 'u%@example.test';
        alter table token_usage disable trigger user;
        insert into token_usage (
            id, organization_id, created_at, user_id, provider, model, status, settled_at, tokens_input, tokens_output, tokens_cached, cost, latency_ms, operation, project_id,
            workflow_key, api_key_id)
        select
            overmind.uuid_v7_floor(t.at)::text::uuid, $1, t.at, ('019ac000-0000-7000-8000-000000000' || lpad((100 + floor(random() * 199))::text, 3, '0'))::uuid,
            case when t.i % 2 = 0 then 'anthropic' else 'openai' end, 'model-' || t.i % 16, 'settled', t.at, (random() * 4000)::integer, (random() * 800)::integer, 0,
            case when t.i % 50 <> 0 then random()::numeric(12, 9) / 50 end, exp(5 + random() * 4)::integer,
            case t.i % 5 when 0 then 'embedding' when 1 then 'summarize' else 'chat' end, ('019ac000-0000-7000-8000-0000000000' || lpad((t.i % 50)::text, 2, '0'))::uuid,
            'workflow-' || t.i % 8, ('019ac000-0000-7000-8000-0000000001' || lpad((t.i % 20)::text, 2, '0'))::uuid
        from (
            select i, now() - interval '180 days' + interval '180 days' * i / $2 - interval '1 minute' as at
            from generate_series(1, $2) as i) as t;
        alter table token_usage enable trigger user;
        """;

    public static async Task<(DashboardFigures Figures, string PostgresVersion)> RunAsync(string folder, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        await using var opened = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken);
        await using var owner = NpgsqlDataSource.Create($"{postgres.OwnerConnectionString};Command Timeout=0");
        var database = new Database(opened.Requests);
        var first = new FirstOrganization(database, new PasswordHasher());
        var admin = await first.CreateAsync("bench@example.test", "bench", cancellationToken) ?? (await first.FindAdminAsync(cancellationToken))!;

        if (await ScalarAsync<long>(owner, "select count(*) from (select from token_usage limit 1) as any_call", cancellationToken) == 0)
        {
            progress($"  Writing {Calls:#,0} calls");
            await FillAsync(owner, admin.OrganizationId!.Value, cancellationToken);
        }

        double? rebuild = null;
        if (await ScalarAsync<long>(owner, "select count(*) from (select from usage_totals limit 1) as any_sum", cancellationToken) == 0)
        {
            progress("  Summing them up");
            var started = Stopwatch.GetTimestamp();
            await ScalarAsync<long>(owner, $"select overmind.rebuild_usage('{admin.OrganizationId}')", cancellationToken);
            rebuild = Stopwatch.GetElapsedTime(started).TotalSeconds;
            foreach (var table in (string[])["token_usage", "usage_totals", "usage_latencies"])
                await ExecuteAsync(owner, $"vacuum (analyze) {table}", cancellationToken);
        }

        var service = new UsageService(new UsageStore(database), TimeProvider.System);
        var dashboards = new List<Dashboard>();
        foreach (var (name, query) in Reports())
            dashboards.Add(await TimeAsync(name, progress, async () => (await service.ReportAsync(admin, query, cancellationToken)).Data.Sum(b => b.Results.Count)));
        foreach (var (name, sql) in Views)
            dashboards.Add(await TimeAsync(name, progress, async () => (await database.ListAsync(admin, new Statement(sql), row => row.FieldCount, cancellationToken)).Count));

        progress("  Comparing the sums with the ledger");
        var verifying = Stopwatch.GetTimestamp();
        if (await ScalarAsync<long>(owner, "select count(*) from overmind.verify_usage()", cancellationToken) is > 0 and var differences)
            throw new InvalidOperationException($"{differences} sums differ from the ledger");
        return (new DashboardFigures(Calls, rebuild, Stopwatch.GetElapsedTime(verifying).TotalSeconds, dashboards),
            await ScalarAsync<string>(owner, "select split_part(current_setting('server_version'), ' ', 1)", cancellationToken));
    }

    static IEnumerable<(string Name, UsageQuery Query)> Reports()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (month, half) = (now.AddDays(-29), now.AddDays(-180));
        yield return ("`GET /v1/usage`: 30 days", new UsageQuery());
        yield return ("… 24 hours by hour", new UsageQuery { BucketWidth = UsageBucketWidth.Hour });
        yield return ("… half a year", new UsageQuery { Since = half });
        foreach (var group in Enum.GetValues<UsageGrouping>())
            yield return ($"… 30 days by {LowerSnake.Write(group)}", new UsageQuery { GroupBy = group, Since = month });
        yield return ("… half a year by model", new UsageQuery { GroupBy = UsageGrouping.Model, Since = half });
        yield return ("… half a year by user", new UsageQuery { GroupBy = UsageGrouping.User, Since = half });
        yield return ("… 30 days of a member by model, from the ledger", new UsageQuery { GroupBy = UsageGrouping.Model, UserId = new Guid("019ac000-0000-7000-8000-000000000150"), Since = month });
    }

    static readonly (string Name, string Sql)[] Views =
    [
        ("`token_usage_daily`, 30 days", "select * from token_usage_daily where date > current_date - 30"),
        ("`usage_metrics` of the organization, 30 days", "select * from usage_metrics where dimension = 'organization' and metric_hour is null and metric_date > current_date - 30"),
        ("`usage_metrics` of each member, two days", "select * from usage_metrics where dimension = 'user' and metric_hour is null and metric_date >= current_date - 1"),
        ("`monthly_cost_report`", "select * from monthly_cost_report"),
        ("`organization_usage`", "select * from organization_usage"),
    ];

    static async Task<Dashboard> TimeAsync(string name, Action<string> progress, Func<Task<int>> read)
    {
        var rows = await read();
        var milliseconds = new List<double>();
        var watch = Stopwatch.StartNew();
        for (var time = 0; time < Times; time++)
        {
            var start = Stopwatch.GetTimestamp();
            await read();
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var dashboard = new Dashboard(name, rows, milliseconds.Min(), Latencies.Of(milliseconds, watch.Elapsed.TotalSeconds));
        progress($"  {name}: {rows:#,0} rows in {dashboard.Latencies.P50:0.0} ms");
        return dashboard;
    }

    static async Task FillAsync(NpgsqlDataSource owner, Guid organization, CancellationToken cancellationToken)
    {
        await ExecuteAsync(owner, "select overmind.create_past_partitions(now() - interval '7 months')", cancellationToken);
        foreach (var statement in Fill.Split(";\n", StringSplitOptions.RemoveEmptyEntries))
            await ExecuteAsync(owner, statement.Replace("$1", $"'{organization}'").Replace("$2", $"{Calls}"), cancellationToken);
    }

    static async Task ExecuteAsync(NpgsqlDataSource owner, string sql, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static async Task<T> ScalarAsync<T>(NpgsqlDataSource owner, string sql, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
