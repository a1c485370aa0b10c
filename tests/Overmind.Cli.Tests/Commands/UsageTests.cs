using System.Text.Json.Nodes;
using Overmind.Testing;

namespace Overmind.Cli.Tests.Commands;

public class UsageTests(TestPostgres postgres)
{
    [Fact]
    public async Task Sums_that_are_the_ledgers_verify_and_others_are_named_until_they_are_rebuilt()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "metered");
        await database.ExecuteAsync(
            """
            insert into token_usage (organization_id, user_id, provider, model, status, settled_at, tokens_input, cost)
            values ($1, $2, 'openai', 'gpt-4o', 'settled', now(), 500, 0.25)
            """, tenant.OrganizationId, tenant.User.UserId!);
        await database.ExecuteAsync("select overmind.fold_usage()");

        var same = await RunAsync(database, "verify", "--format", "json");
        var report = JsonNode.Parse(same.Output)!;
        (same.ExitCode, (bool)report["holds"]!, (string)report["sums"]![0]!["cost_usd"]!).ShouldBe((0, true, "0.25"));

        await database.ExecuteAsync("update usage_totals set cost = cost + 1 where dimension = 'organization'");
        var other = await RunAsync(database, "verify");
        other.ExitCode.ShouldBe(1);
        other.Output.ShouldStartWith("The sums of usage are not what the ledger adds up to");
        other.Output.ShouldContain(tenant.OrganizationId.ToString());

        (await RunAsync(database, "rebuild")).Output.ShouldBe("Calls that were summed up: 1; organizations: 1");
        (await RunAsync(database, "verify")).ExitCode.ShouldBe(0);
    }

    static Task<(int ExitCode, string Output, string Errors)> RunAsync(TestDatabase database, params string[] args) =>
        OvermindProcess.RunAsync(new Dictionary<string, string> { ["OVERMIND_DATABASE_URL"] = database.OwnerConnectionString }, ["usage", .. args]);
}
