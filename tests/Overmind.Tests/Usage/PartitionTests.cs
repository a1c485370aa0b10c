using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Usage;

public class PartitionTests(TestPostgres postgres)
{
    static readonly string[] Partitioned = ["audit_details", "audit_logs", "token_usage"];

    [Fact]
    public async Task Months_from_the_last_to_three_ahead_are_there_and_making_them_again_changes_nothing()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var month = await database.ScalarAsync<DateTime>("select date_trunc('month', now() at time zone 'UTC')");
        (await PartitionsAsync(database)).ShouldBe(Partitions(5));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            database.Database.ExecuteAsync(Claims.Service, "select create_monthly_partitions(5)", [], default)));

        (await PartitionsAsync(database)).ShouldBe(Partitions(7));

        IEnumerable<string> Partitions(int months) => Partitioned.SelectMany(table => Enumerable.Range(-1, months).Select(i => $"{table}_{month.AddMonths(i):yyyy_MM}"));
    }

    [Fact]
    public async Task A_row_goes_to_the_month_of_its_id_up_to_the_last_millisecond()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenants = await TestTenants.CreateAsync(database);
        var month = await database.ScalarAsync<DateTime>("select date_trunc('month', now() at time zone 'UTC')");
        foreach (var (at, partition) in ((DateTime, DateTime)[])[(month, month), (month.AddMonths(1).AddMilliseconds(-1), month), (month.AddMonths(1), month.AddMonths(1))])
        {
            var id = Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero));
            await database.Database.ExecuteAsync(tenants.First.User, "insert into token_usage (id, provider, model) values ($1, 'x', 'x')", [id], default);
            (await database.ScalarAsync<string>("select tableoid::regclass::text from token_usage where id = $1", id)).ShouldBe($"partitions.token_usage_{partition:yyyy_MM}");
        }
    }

    [Fact]
    public async Task Importers_get_the_months_of_the_past()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await database.Database.ExecuteAsync(Claims.Service, "select overmind.create_past_partitions(now() - interval '2 years')", [], default);
        (await PartitionsAsync(database)).Count.ShouldBe(28 * Partitioned.Length);
    }

    [Fact]
    public async Task Organization_usage_counts_nothing_twice()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var me = (await TestTenants.CreateAsync(database)).First.Admin;
        for (var i = 0; i < 3; i++)
        {
            var conversation = await database.Database.FindAsync<Guid>(me, "insert into conversations default values returning id", [], default);
            await database.Database.ExecuteAsync(me, "insert into messages (conversation_id, role, content, quality_score) values ($1, 'user', 'x', null), ($1, 'assistant', 'y', 8)", [conversation], default);
            await database.Database.ExecuteAsync(me, "insert into workflow_runs (conversation_id) values ($1)", [conversation], default);
            await database.Database.ExecuteAsync(
                me, "insert into token_usage (provider, model, status, settled_at, tokens_input, tokens_output, cost) values ('x', 'x', 'settled', now(), 10, 5, 0.25), ('x', 'x', 'reserved', null, null, null, null)", [], default);
        }
        (await database.Database.FindAsync<string>(
            me, "select concat_ws(' ', user_count, conversation_count, total_messages, total_queries, total_tokens, total_cost_usd, avg_quality_score) from organization_usage", [], default))
            .ShouldBe("4 3 6 3 45 0.75 8");
    }

    static async Task<List<string>> PartitionsAsync(TestDatabase database)
    {
        await using var command = database.Owner.CreateCommand("select relname::text from pg_class where relispartition and relkind = 'r' order by 1");
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    }
}
