using System.Diagnostics;
using Npgsql;
using Overmind.Agents;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

/// <summary>Real processes, really killed.</summary>
public class RunCrashTests(RunStage stage) : IClassFixture<RunStage>
{
    const string Question = "How does a lighthouse warn ships in fog, and what did keepers do before electricity?";

    [Fact]
    public async Task A_run_killed_at_many_steps_ends_like_an_undisturbed_one_and_repeats_no_recorded_call()
    {
        await using var observer = await RunHost.StartAsync(stage.Database, worker: false);
        var expected = await UndisturbedAsync();
        var run = await observer.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), Question, Options, CancellationToken.None);
        var recorded = new Dictionary<string, string>();

        // A lease of a minute: what frees the jobs of a killed worker is its lock. The next worker stands by.
        var worker = WorkerProcess.Start(stage.Database, tokensPerSecond: 150, leaseSeconds: 60);
        try
        {
            foreach (var (type, stepKey) in new[]
            {
                ("step.started", "1/agent:creative"), ("step.delta", "1/agent:boundary"), ("step.completed", "1/agent:structural"),
                ("step.started", "1/distil"), ("step.delta", "1/assemble"), ("step.started", "2/inspect"),
            })
            {
                await SeenAsync(observer, run, e => e.Type == type && StepKey(e) == stepKey);
                var next = WorkerProcess.Start(stage.Database, tokensPerSecond: 150, leaseSeconds: 60);
                await worker.DisposeAsync();
                worker = next;
                var now = await RecordedAsync(run);
                foreach (var (key, step) in recorded) now[key].ShouldBe(step, "a recorded step changed");
                recorded = now;
            }

            await observer.WatchAsync(stage.User, run.Id);
        }
        finally
        {
            await worker.DisposeAsync();
        }

        run = await observer.Runs.GetAsync(stage.User, run.Id, CancellationToken.None);
        (run.Status, run.TerminationReason, run.Answer, run.BestScore, run.BestIteration, run.N2Iterations)
            .ShouldBe((expected.Run.Status, expected.Run.TerminationReason, expected.Run.Answer, expected.Run.BestScore, expected.Run.BestIteration, expected.Run.N2Iterations));
        (await StepsAsync(run)).ShouldBe(expected.Steps);
        var steps = await RecordedAsync(run);
        foreach (var (key, step) in recorded) steps[key].ShouldBe(step, "a recorded step changed");
        (await stage.Database.ScalarAsync<long>("select count(*) from run_steps where run_id = $1 and attempt > 1", run.Id)).ShouldBeGreaterThan(3);
        (await stage.Database.ScalarAsync<bool>("select bool_and(is_estimated) from run_steps where run_id = $1 and attempt > 1", run.Id)).ShouldBeTrue();
        (await stage.Database.ScalarAsync<string>("select string_agg(distinct outcome || ' ' || is_estimated, ', ') from token_usage where run_id = $1", run.Id))
            .ShouldBe("lost true, succeeded false");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(600)] // It renews nothing, so that it does not hear of its loss in time: only the fence is left.
    public async Task A_worker_stopped_beyond_its_lease_changes_nothing_when_it_wakes(double heartbeatSeconds)
    {
        await using var observer = await RunHost.StartAsync(stage.Database, worker: false);
        var run = await observer.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), Question, Options, CancellationToken.None);
        await using var sleeper = WorkerProcess.Start(stage.Database, tokensPerSecond: 150, leaseSeconds: 1, heartbeatSeconds);
        await SeenAsync(observer, run, e => e.Type == "step.delta" && StepKey(e) == "1/assemble");
        await sleeper.StopAsync();

        await using (WorkerProcess.Start(stage.Database, tokensPerSecond: 5000, leaseSeconds: 1)) await observer.WatchAsync(stage.User, run.Id);
        var before = await VersionsAsync();
        await sleeper.WakeAsync();
        await Poll.UntilAsync(() => sleeper.Output.Contains("let go", StringComparison.Ordinal));
        await sleeper.EndAsync();

        (await VersionsAsync()).ShouldBe(before);
        (await observer.Runs.GetAsync(stage.User, run.Id, CancellationToken.None)).Status.ShouldBe(RunStatus.Succeeded);
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_run_goes_on_when_PostgreSQL_itself_is_killed_and_comes_back()
    {
        var folder = TemporaryFolder.Create();
        try
        {
            // It is started again by those who started it.
            await using var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder });
            await using var database = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = server.OwnerConnectionString });
            await using var node = await RunHost.StartAsync(database.Requests, database.Direct, RunHost.Slow(300));
            var claims = await AdminAsync(new Database(database.Requests));
            var conversation = Guid.CreateVersion7();
            await new Database(database.Requests).ExecuteAsync(claims, "insert into conversations (id) values ($1)", [conversation], CancellationToken.None);
            var run = await node.Runs.CreateAsync(claims, conversation, Question, Options with { MaxN2Iterations = 1 }, CancellationToken.None);
            await SeenAsync(node, claims, run, e => e.Type == "step.started" && StepKey(e) == "1/assemble");
            var before = await node.Runs.StepsAsync(claims, run.Id, CancellationToken.None);

            using (var kill = Process.Start("kill", ["-KILL", $"{server.ProcessId}"])) await kill.WaitForExitAsync();

            await Poll.UntilAsync(async () => await EndedAsync(node, claims, run));
            run = await node.Runs.GetAsync(claims, run.Id, CancellationToken.None);
            run.Status.ShouldBe(RunStatus.Succeeded, run.Error?.Message);
            var after = (await node.Runs.StepsAsync(claims, run.Id, CancellationToken.None)).ToDictionary(s => s.StepKey);
            foreach (var step in before.Where(s => s.Status is StepStatus.Succeeded)) after[step.StepKey].ShouldBe(step);
            after["1/assemble"].Attempt.ShouldBe(2);
        }
        finally
        {
            await EmbeddedPostgres.RemoveAsync(folder);
        }
    }

    [Fact]
    public async Task A_node_that_stops_in_order_hands_its_runs_over_at_once()
    {
        await using var observer = await RunHost.StartAsync(stage.Database, worker: false);
        var run = await observer.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), Question, Options, CancellationToken.None);
        await using var first = WorkerProcess.Start(stage.Database, tokensPerSecond: 100, leaseSeconds: 3600);
        await SeenAsync(observer, run, e => e.Type == "step.delta");

        await first.EndAsync();

        (await stage.Database.ScalarAsync<string>("select status || ' ' || attempt_count from jobs where unique_key = $1", run.Id.ToString())).ShouldBe("pending 0");
        await using var second = WorkerProcess.Start(stage.Database, tokensPerSecond: 5000, leaseSeconds: 3600);
        (await observer.WatchAsync(stage.User, run.Id)).Where(e => e.Type == "run.started").Select(e => e.Data.GetProperty("resumed").GetBoolean()).ShouldBe([false, true]);
        await stage.ShouldAddUpAsync(run.Id);
    }

    static RunOptions Options => new() { MaxN2Iterations = 2, QualityThreshold = 10 };

    static string? StepKey(RunEvent e) => e.Data.TryGetProperty("step_key", out var key) ? key.GetString() : null;

    async Task<(Run Run, string Steps)> UndisturbedAsync()
    {
        await using var host = await RunHost.StartAsync(stage.Database);
        var run = await host.AskAsync(stage.User, await stage.ConversationAsync(), Question, Options);
        run.N2Iterations.ShouldBe(2);
        return (run, await StepsAsync(run));
    }

    static async Task<Claims> AdminAsync(Database database)
    {
        var made = await database.FindAsync<Made>(
            Claims.Service, "select * from overmind.create_organization('Acme', 'acme', 'admin@acme.test', 'Admin', null)", [], CancellationToken.None);
        return new Claims(made!.OrganizationId, made.UserId, OrganizationRole.Admin);
    }

    /// <summary>False also while the database is away.</summary>
    static async Task<bool> EndedAsync(RunHost node, Claims claims, Run run)
    {
        try
        {
            return (await node.Runs.GetAsync(claims, run.Id, CancellationToken.None)).CompletedAt is not null;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    Task SeenAsync(RunHost observer, Run run, Func<RunEvent, bool> wanted) => SeenAsync(observer, stage.User, run, wanted);

    /// <summary>Waits for an event.</summary>
    static async Task SeenAsync(RunHost observer, Claims claims, Run run, Func<RunEvent, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var seen = new List<string>();
        await foreach (var e in observer.Runs.EventsAsync(claims, run.Id, -1, patience.Token))
        {
            if (wanted(e)) return;
            seen.Add($"{e.SequenceNumber} {e.Type} {StepKey(e)}");
        }

        Assert.Fail("The run ended before: " + string.Join(", ", seen));
    }

    /// <summary>What the steps came to, whatever way they took.</summary>
    Task<string> StepsAsync(Run run) => stage.Database.ScalarAsync<string>(
        "select string_agg(concat_ws('|', step_key, status, is_sent_back, output, error_message), E'\n' order by step_key) from run_steps where run_id = $1", run.Id);

    /// <summary>The recorded steps, each with the version of its row.</summary>
    async Task<Dictionary<string, string>> RecordedAsync(Run run)
    {
        await using var command = stage.Database.Owner.CreateCommand(
            "select step_key, concat_ws(' ', xmin, ctid, status, attempt) from run_steps where run_id = $1 and status <> 'running'");
        command.Parameters.AddWithValue(run.Id);
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new Dictionary<string, string>();
        while (await reader.ReadAsync()) steps[reader.GetString(0)] = reader.GetString(1);
        return steps;
    }

    /// <summary>The versions of all rows that runs have to do with. Other jobs come by schedule, every minute, whoever sleeps.</summary>
    Task<string> VersionsAsync() => stage.Database.ScalarAsync<string>(
        string.Join(" || ", new[] { "workflow_runs", "run_steps", "run_events", "synthesis_events", "token_usage", "messages", "conversations", "jobs where kind = 'run'" }
            .Select(table => $"(select string_agg(xmin || ' ' || ctid || tableoid, ',' order by tableoid, ctid) from {table})")).Insert(0, "select "));

    sealed record Made(Guid OrganizationId, Guid UserId);
}
