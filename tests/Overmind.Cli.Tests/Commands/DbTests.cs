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

    [Fact]
    public async Task Secrets_are_encrypted_with_the_newest_key_and_the_old_one_may_go()
    {
        var (older, newer) = (SecretCipher.NewKey(), SecretCipher.NewKey());
        await using var database = await postgres.CreateDatabaseAsync();
        var tenants = await TestTenants.CreateAsync(database);
        var (organization, provider) = (tenants.First.Admin.OrganizationId!.Value, Guid.CreateVersion7());
        await database.ExecuteAsync(
            "insert into model_providers (organization_id, id, key, kind, base_url, secret, secret_hint) values ($1, $2, 'openai', 'openai', 'https://api.openai.com/v1', $3, '0123')",
            organization, provider, SecretCipher.Parse(older).Encrypt("sk-secret-0123", organization, provider));

        var wrong = await ReencryptAsync(newer);
        (wrong.ExitCode, wrong.Errors).ShouldBe(
            (1, $"error: 0 secrets were encrypted anew, and none of the keys opens 1: public.model_providers.secret {provider}\n       add the key they were stored with to OVERMIND_ENCRYPTION_KEY, or enter them anew"));
        (await ReencryptAsync($"{newer}, {older}")).ShouldBe((0, "Encrypted 1 secrets anew; 0 were with the first key already. The other keys may be taken out", ""));
        (await ReencryptAsync(newer, "--format", "json")).Output.ShouldBe("{\"renewed\":0,\"current\":1,\"unreadable\":[]}");
        SecretCipher.Parse(newer).Decrypt(await database.ScalarAsync<byte[]>("select secret from model_providers"), organization, provider).ShouldBe("sk-secret-0123");
        (await ReencryptAsync("nonsense")).Errors.ShouldContain("openssl rand -base64 32");
        (await RunAsync(database.OwnerConnectionString, "reencrypt", "--data", "/nowhere/overmind")).Errors.ShouldContain("set OVERMIND_ENCRYPTION_KEY");
        var stranger = new NpgsqlConnectionStringBuilder(database.OwnerConnectionString) { Username = "cli_reader", Password = "secret-word" };
        await ExecuteAsync(await postgres.AsSuperuserAsync(database.OwnerConnectionString), "create role cli_reader login password 'secret-word'");
        (await ReencryptAsAsync(stranger.ConnectionString, newer)).Errors.ShouldContain("name the schema's owner in OVERMIND_DATABASE_URL");

        Task<(int ExitCode, string Output, string Errors)> ReencryptAsync(string keys, params string[] options) =>
            ReencryptAsAsync(database.OwnerConnectionString, keys, options);

        static Task<(int ExitCode, string Output, string Errors)> ReencryptAsAsync(string url, string keys, params string[] options) => OvermindProcess.RunAsync(
            new Dictionary<string, string> { ["OVERMIND_DATABASE_URL"] = url, ["OVERMIND_ENCRYPTION_KEY"] = keys }, ["db", "reencrypt", .. options]);
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
