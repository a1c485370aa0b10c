using Npgsql;
using Overmind.Testing;
using Overmind.Tests.Postgres.Isolation;

namespace Overmind.Tests.Postgres;

/// <summary>Breaks every CHECK of the catalogue once, and it alone: a check that nothing can break says nothing.</summary>
public class EveryCheckTests(IsolationDatabase data, TestPostgres postgres) : IClassFixture<IsolationDatabase>
{
    internal const string TooLong = "repeat('x', 501)";

    static readonly Dictionary<string, string> Violations = new([.. PlatformViolations.ByCheck, .. ContentViolations.ByCheck]);

    [Fact]
    public async Task Every_check_is_broken_once()
    {
        var checks = await data.ListAsync<string[]>(
            """
            select array[conname::text, conrelid::regclass::text]
            from pg_constraint
            where contype = 'c' and connamespace in ('public'::regnamespace, 'overmind'::regnamespace)
            order by 1
            """);
        checks.Select(c => c[0]).Except(Violations.Keys).ShouldBeEmpty("write a violation of it");
        Violations.Keys.Except(checks.Select(c => c[0])).ShouldBeEmpty("there is no such check any more");

        await using var connection = new NpgsqlConnection(await postgres.AsSuperuserAsync(data.Database.OwnerConnectionString));
        await connection.OpenAsync();
        // Without the triggers that would repair a row before it is checked.
        await ExecuteAsync(connection, "set session_replication_role = replica");
        foreach (var (check, table) in checks.Select(c => (c[0], c[1])))
        {
            var update = $"update {table} set {Violations[check]} where ctid = (select ctid from {table} as t order by to_jsonb(t) ->> 'created_at' desc nulls last limit 1)";
            var refused = await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(connection, update), check);
            (refused.SqlState, refused.ConstraintName).ShouldBe(("23514", check));
        }
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
