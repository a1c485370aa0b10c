using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Overmind.Jobs;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;
using Overmind.Testing;
using Overmind.Tests.Agents;

namespace Overmind.Tests.Jobs;

/// <summary>Processes that end in the middle of jobs: the worker's, and PostgreSQL's.</summary>
public sealed class QueueCrashTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_handler_that_exits_its_process_costs_an_attempt_each_time_and_keeps_no_other_job_from_being_done()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "acme");
        await EnqueueAsync(database, tenant, "crash.exit", maxAttempts: 2);
        await using var worker = WorkerProcess.StartSupervised(database, megabytes: 2000);

        await EndedAsync(database, "crash.exit");

        (await OutcomeAsync(database, "crash.exit")).ShouldBe("failed 2: The worker was lost");
        worker.Output.ShouldContain("ended with 3; another starts");
        await EnqueueAsync(database, tenant, "crash.nothing", maxAttempts: 1);
        await EndedAsync(database, "crash.nothing");
        (await OutcomeAsync(database, "crash.nothing")).ShouldStartWith("completed 1");
    }

    [Fact]
    public async Task A_handler_that_floods_memory_is_ended_with_its_process_and_costs_an_attempt()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var tenant = await TestTenant.CreateAsync(database, "acme");
        await EnqueueAsync(database, tenant, "crash.flood", maxAttempts: 1);
        await using var worker = WorkerProcess.StartSupervised(database, megabytes: 500);

        await EndedAsync(database, "crash.flood");

        (await OutcomeAsync(database, "crash.flood")).ShouldBe("failed 1: The worker was lost");
        worker.Output.ShouldContain("took more than 524288000 bytes and was killed");
    }

    [Fact]
    public async Task No_job_is_lost_when_PostgreSQL_is_killed_under_load_and_comes_back()
    {
        const int count = 2000;
        var folder = TemporaryFolder.Create();
        try
        {
            // It is started again by those who started it.
            await using var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder });
            await using var database = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = server.OwnerConnectionString });
            await using var owner = NpgsqlDataSource.Create(server.OwnerConnectionString);
            await using (var insert = owner.CreateCommand($"insert into jobs (kind, payload) select 'test', jsonb_build_object('n', n) from generate_series(1, {count}) n"))
                await insert.ExecuteNonQueryAsync();
            var done = new ConcurrentBag<int>();
            var handler = new FakeHandler(async (context, token) =>
            {
                await Task.Delay(1, token);
                done.Add(context.Job.Payload.GetProperty("n").GetInt32());
            });
            using var host = Worker(database, handler);
            await host.StartAsync();
            await Poll.UntilAsync(() => done.Count > count / 10);

            using (var kill = Process.Start("kill", ["-KILL", $"{server.ProcessId}"])) await kill.WaitForExitAsync();

            await Poll.UntilAsync(async () => await LeftAsync(owner) == 0, seconds: 60);
            await host.StopAsync();
            done.Distinct().Count().ShouldBe(count);
        }
        finally
        {
            await EmbeddedPostgres.RemoveAsync(folder);
        }
    }

    static IHost Worker(OvermindDatabase database, FakeHandler handler)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddDatabase(database).AddSingleton(handler).AddJob<FakeHandler>();
        builder.Services.AddOvermind(options => options.Worker = new JobWorkerOptions { Kinds = ["test"], Heartbeat = TimeSpan.FromMilliseconds(300), Poll = TimeSpan.FromMilliseconds(300) });
        return builder.Build();
    }

    /// <summary>Any number while the database is away.</summary>
    static async Task<long> LeftAsync(NpgsqlDataSource owner)
    {
        try
        {
            await using var command = owner.CreateCommand("select count(*) from jobs where kind = 'test' and status <> 'completed'");
            return (long)(await command.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            return long.MaxValue;
        }
    }

    static async Task EnqueueAsync(TestDatabase database, TestTenant tenant, string kind, int maxAttempts)
    {
        var soon = new JobRetry { BaseDelayMs = 50, MaxDelayMs = 50 };
        var job = new NewJob { Kind = kind, Payload = new JsonObject(), MaxAttempts = maxAttempts, Retry = soon };
        await using var results = await database.Database.SendAsync(tenant.User, [JobStore.Insert(job, new JobKindOptions())], CancellationToken.None);
    }

    static Task EndedAsync(TestDatabase database, string kind) => Poll.UntilAsync(
        async () => await database.ScalarAsync<bool>("select bool_and(completed_at is not null) from jobs where kind = $1", kind), seconds: 60);

    static Task<string> OutcomeAsync(TestDatabase database, string kind) => database.ScalarAsync<string>(
        "select format('%s %s: %s', status, attempt_count, last_error) from jobs where kind = $1", kind);
}
