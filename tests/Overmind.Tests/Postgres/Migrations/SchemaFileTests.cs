using Npgsql;
using Overmind.Postgres.Migrations;
using Overmind.Testing;

namespace Overmind.Tests.Postgres.Migrations;

public class SchemaFileTests(TestPostgres postgres)
{
    const string Regenerate = "OVERMIND_WRITE_SCHEMA=1 dotnet run --project tests/Overmind.Tests -c Release -- -class Overmind.Tests.Postgres.Migrations.SchemaFileTests";

    const string Header = "-- The schema as the migrations and routines make it, for reading and comparing; made by pg_dump, not by hand.\n\n";

    static readonly string File = Repository.PathOf("db", "schema.sql");

    [Fact]
    public async Task Db_schema_sql_is_what_the_migrations_make()
    {
        var migrated = await postgres.CreateEmptyDatabaseAsync();
        await new Migrator(migrated).MigrateAsync();
        var expected = await SchemaDump.OfAsync(postgres, migrated);
        if (Environment.GetEnvironmentVariable("OVERMIND_WRITE_SCHEMA") == "1")
            await System.IO.File.WriteAllTextAsync(File, Header + expected);

        // Loaded and dumped again, so that the file may come from another major version.
        var loaded = await postgres.CreateEmptyDatabaseAsync();
        await using (var connection = new NpgsqlConnection(loaded))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(await System.IO.File.ReadAllTextAsync(File), connection);
            await command.ExecuteNonQueryAsync();
        }
        FirstDifference(await SchemaDump.OfAsync(postgres, loaded), expected).ShouldBeNull($"db/schema.sql is stale; write it anew with: {Regenerate}");
    }

    [Fact]
    public async Task Up_down_and_up_again_leave_the_same_schema()
    {
        var database = await postgres.CreateEmptyDatabaseAsync();
        var migrator = new Migrator(database);
        await migrator.MigrateAsync();
        var first = await SchemaDump.OfAsync(postgres, database);

        foreach (var version in (await migrator.StatusAsync()).Select(m => m.Version - 1).Reverse())
        {
            (await migrator.RollbackAsync(version)).Migrations.Count.ShouldBe(1);
            (await migrator.StatusAsync()).ShouldAllBe(m => m.AppliedAt.HasValue == (m.Version <= version));
        }
        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'S')", connection);
            (await command.ExecuteScalarAsync()).ShouldBe(0L);
        }

        await migrator.MigrateAsync();
        FirstDifference(await SchemaDump.OfAsync(postgres, database), first).ShouldBeNull();
    }

    static string? FirstDifference(string actual, string expected) =>
        actual.Split('\n').Zip(expected.Split('\n')).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.First} | {pair.Second}").FirstOrDefault();
}
