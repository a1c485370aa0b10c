using System.Diagnostics;
using Npgsql;
using Overmind.Testing;

namespace Overmind.Tests.Postgres.Migrations;

/// <summary>A database's schema as pg_dump writes it, without what differs between machines, versions and months.</summary>
static class SchemaDump
{
    public static async Task<string> OfAsync(TestPostgres postgres, string connectionString)
    {
        await DropPartitionsAsync(connectionString);
        var named = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(
            Path.Combine((await postgres.ServerAsync()).BinFolder, "pg_dump"),
            ["--schema-only", "--no-owner"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = named.Host, ["PGPORT"] = named.Port.ToString(), ["PGUSER"] = named.Username, ["PGPASSWORD"] = named.Password, ["PGDATABASE"] = named.Database,
            },
        };
        using var dump = Process.Start(start)!;
        var error = dump.StandardError.ReadToEndAsync();
        var text = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        dump.ExitCode.ShouldBe(0, await error);
        return Normalize(text);
    }

    // They are of this month, and change the order in which pg_dump writes the rest.
    static async Task DropPartitionsAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            do $$
            declare
                partition text;
            begin
                for partition in select oid::regclass from pg_class where relispartition and relkind = 'r' loop
                    execute 'drop table ' || partition;
                end loop;
            end
            $$
            """, connection);
        await command.ExecuteNonQueryAsync();
    }

    static string Normalize(string dump)
    {
        var kept = dump.Split('\n').Where(line =>
            !line.StartsWith("--", StringComparison.Ordinal)
            && !line.StartsWith('\\')
            && (!line.StartsWith("SET ", StringComparison.Ordinal) || line.StartsWith("SET check_function_bodies", StringComparison.Ordinal))
            && !line.StartsWith("SELECT pg_catalog.set_config", StringComparison.Ordinal)
            && !line.Contains("EXTENSION vector", StringComparison.Ordinal)
            && !line.StartsWith("COMMENT ON EXTENSION", StringComparison.Ordinal));
        var lines = new List<string>();
        foreach (var line in kept)
            if (line.Length > 0 || lines.Count > 0 && lines[^1].Length > 0)
                lines.Add(line);
        return string.Join('\n', lines).Trim() + "\n";
    }
}
