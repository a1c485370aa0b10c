using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

public class RunTests(TestPostgres postgres)
{
    [Fact]
    public async Task Six_offline_agents_answer_a_question()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "acme");
        await using var host = await RunHost.StartAsync(database);
        var conversation = Guid.CreateVersion7();
        await database.Database.ExecuteAsync(tenant.User, "insert into conversations (id) values ($1)", [conversation], CancellationToken.None);

        var run = await host.AskAsync(tenant.User, conversation, "How does a lighthouse warn ships in fog?");

        run.Status.ShouldBe(RunStatus.Succeeded, run.Error?.Message);
        TestContext.Current.TestOutputHelper!.WriteLine(System.Text.Json.JsonSerializer.Serialize(run, RunJson.Options));
        foreach (var e in await host.WatchAsync(tenant.User, run.Id))
            TestContext.Current.TestOutputHelper!.WriteLine($"{e.SequenceNumber} {e.CreatedAt:ss.ffffff} {e.Type} {(e.Data.TryGetProperty("step_key", out var k) ? k.GetString() : "")}");
    }
}
