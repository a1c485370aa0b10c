using System.Text.Json.Nodes;
using Npgsql;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

public class DbTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_database_is_migrated_looked_at_and_rolled_back()
    {
        var url = await postgres.CreateEmptyDatabaseAsync();

        (await RunAsync(url, "status")).Output.ShouldContain("pending");
        (await RunAsync(url, "migrate")).Output.ShouldContain("0001_tenancy_organizations");
        (await RunAsync(url, "migrate")).Output.ShouldBe("The database is up to date");
        (await RunAsync(url, "status")).Output.ShouldNotContain("pending");

        var unasked = await RunAsync(url, "rollback", "--to", "4");
        (unasked.ExitCode, unasked.Output).ShouldBe((1, ""));
        unasked.Errors.ShouldContain("--yes");
        var rolledBack = JsonNode.Parse((await RunAsync(url, "rollback", "--to", "4", "--yes", "--format", "json")).Output)!;
        rolledBack["migrations"]!.AsArray().Select(m => (string)m!).ShouldContain("0005_conversations_messages");

        var status = JsonNode.Parse((await RunAsync(url, "status", "--format", "json")).Output)!["migrations"]!.AsArray();
        status.Where(m => m!["applied_at"] is not null).Select(m => (int)m!["version"]!).ShouldBe([1, 2, 3, 4]);
        (await RunAsync(url, "rollback", "--to", "9999")).Output.ShouldBe("Nothing to undo");
        (await RunAsync(url, "rollback", "--to", "-1")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_wrong_with_the_database_is_said_with_what_to_do()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await database.ExecuteAsync("update overmind.migrations set checksum = 'other' where version = 2");
        var edited = await RunAsync(database.OwnerConnectionString, "migrate", "--format", "json");
        edited.ExitCode.ShouldBe(1);
        var error = JsonNode.Parse(edited.Output)!["error"]!;
        ((string)error["code"]!).ShouldBe("migration_failed");
        ((string)error["message"]!).ShouldContain("0002_access_api_keys was edited");

        var stranger = new NpgsqlConnectionStringBuilder(await postgres.CreateEmptyDatabaseAsync());
        await ExecuteAsync(await postgres.AsSuperuserAsync(stranger.ConnectionString), "create role cli_stranger login password 'secret-word'");
        (stranger.Username, stranger.Password) = ("cli_stranger", "secret-word");
        var refused = await RunAsync(stranger.ConnectionString, "migrate");
        refused.Errors.ShouldContain("may not create one");
        refused.Errors.ShouldContain("grant create on database");
        refused.Errors.ShouldNotContain("secret-word");
    }

    static Task<(int ExitCode, string Output, string Errors)> RunAsync(string url, params string[] arguments) =>
        OvermindProcess.RunAsync(new Dictionary<string, string> { ["OVERMIND_DATABASE_URL"] = url }, ["db", .. arguments]);

    static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
