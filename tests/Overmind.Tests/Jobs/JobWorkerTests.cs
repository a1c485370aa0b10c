using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Overmind.Jobs;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Jobs;

public sealed class JobWorkerTests(TestPostgres postgres) : IAsyncLifetime
{
    static readonly JobWorkerOptions Quick = new()
    {
        MaxConcurrency = 3,
        Lease = TimeSpan.FromSeconds(60),
        Heartbeat = TimeSpan.FromMilliseconds(100),
        Poll = TimeSpan.FromMilliseconds(100),
    };

    static readonly JobRetry Soon = new() { BaseDelayMs = 50, MaxDelayMs = 50 };

    readonly List<IHost> _hosts = [];
    TestDatabase _database = null!;
    TestTenant _tenant = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _tenant = await TestTenant.CreateAsync(_database, "acme");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }

        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_job_is_done_once_and_marked()
    {
        var handler = new FakeHandler((_, _) => Task.CompletedTask);
        await StartAsync(handler);

        await EnqueueAsync("one");

        await UntilAsync("one", "completed");
        var job = handler.Handled.ShouldHaveSingleItem();
        (job.OrganizationId, job.UserId, job.AttemptCount).ShouldBe((_tenant.OrganizationId, _tenant.User.UserId, 1));
        job.Payload.GetProperty("name").GetString().ShouldBe("one");
    }

    [Fact]
    public async Task A_new_job_wakes_the_worker()
    {
        var handler = new FakeHandler((_, _) => Task.CompletedTask);
        await StartAsync(handler, Quick with { Heartbeat = TimeSpan.FromMinutes(5), Poll = TimeSpan.FromMinutes(5) });
        await EnqueueAsync("first");
        await UntilAsync("first", "completed");

        await EnqueueAsync("second");

        await UntilAsync("second", "completed");
    }

    [Fact]
    public async Task A_worker_goes_on_while_jobs_are_due_however_rarely_it_polls()
    {
        // It takes them one by one, and longer than it takes to look for others from the beginning twice.
        var handler = new FakeHandler(async (_, token) => await Task.Delay(20, token));
        for (var i = 0; i < 100; i++) await EnqueueAsync($"job {i}");

        await StartAsync(
            handler, Quick with { MaxConcurrency = 1, MaxAhead = 0, Heartbeat = TimeSpan.FromMinutes(5), Poll = TimeSpan.FromMinutes(5), Lease = TimeSpan.FromMinutes(10) });

        await Poll.UntilAsync(async () => await _database.ScalarAsync<long>("select count(*) from jobs where status = 'completed'") == 100, seconds: 60);
    }

    [Fact]
    public async Task A_job_that_fails_is_tried_again_and_given_up_at_last()
    {
        var handler = new FakeHandler((_, _) => throw new InvalidDataException("broken"));
        await StartAsync(handler);

        await EnqueueAsync("bad", maxAttempts: 2);

        await UntilAsync("bad", "failed");
        handler.Handled.Select(j => j.AttemptCount).ShouldBe([1, 2]);
        handler.GivenUp.ShouldHaveSingleItem();
        (await _database.ScalarAsync<string>("select last_error || jsonb_array_length(errors) from jobs")).ShouldBe("broken2");
    }

    [Fact]
    public async Task No_more_jobs_run_at_a_time_than_allowed()
    {
        var (running, most) = (0, 0);
        var handler = new FakeHandler(async (_, token) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Delay(30, token);
            Interlocked.Decrement(ref running);
        });
        for (var i = 0; i < 12; i++) await EnqueueAsync($"job {i}");
        await StartAsync(handler);

        await Poll.UntilAsync(async () => await _database.ScalarAsync<long>("select count(*) from jobs where status = 'completed'") == 12);

        most.ShouldBe(3);
        handler.Handled.Count.ShouldBe(12);
    }

    [Fact]
    public async Task Two_workers_share_the_jobs_and_do_none_twice()
    {
        var handler = new FakeHandler(async (_, token) =>
        {
            await Task.Delay(5, token);
        });
        await StartAsync(handler);
        await StartAsync(handler);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => EnqueueAsync($"job {i}")));

        await Poll.UntilAsync(async () => await _database.ScalarAsync<long>("select count(*) from jobs where status = 'completed'") == 40);
        handler.Handled.Select(j => j.Id).ShouldBeUnique();
    }

    [Fact]
    public async Task A_worker_that_lost_a_lease_stops_the_job_and_writes_nothing_of_it()
    {
        var stopped = new TaskCompletionSource();
        var first = true;
        var handler = new FakeHandler(async (_, token) =>
        {
            if (!first) return;
            first = false;
            await Task.Delay(Timeout.Infinite, token).ContinueWith(_ => stopped.TrySetResult(), TaskScheduler.Default);
            throw new InvalidDataException("not to be written");
        });
        await StartAsync(handler);
        await EnqueueAsync("taken");
        await UntilAsync("taken", "processing");

        await _database.ExecuteAsync("update jobs set status = 'pending', lease_token = null; delete from overmind.job_claims");

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await UntilAsync("taken", "completed");
        (await _database.ScalarAsync<int>("select jsonb_array_length(errors) from jobs")).ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_whose_connection_is_cut_lets_its_jobs_go_and_starts_anew()
    {
        var first = true;
        var handler = new FakeHandler(async (_, token) =>
        {
            if (!first) return;
            first = false;
            await Task.Delay(Timeout.Infinite, token);
        });
        await StartAsync(handler);
        await EnqueueAsync("cut");
        await UntilAsync("cut", "processing");

        await using var superuser = Npgsql.NpgsqlDataSource.Create(await postgres.AsSuperuserAsync(_database.OwnerConnectionString));
        await using (var cut = superuser.CreateCommand("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"))
            await cut.ExecuteNonQueryAsync();

        await UntilAsync("cut", "completed");
        handler.Handled.Count.ShouldBe(2);
        handler.Handled.Last().LeaseToken.ShouldBeGreaterThan(handler.Handled.First().LeaseToken);
    }

    [Fact]
    public async Task A_job_whose_end_cannot_be_written_is_done_again_when_its_lease_is_over()
    {
        var handler = new FakeHandler((_, _) => Task.CompletedTask);
        await StartAsync(handler, Quick with { Lease = TimeSpan.FromSeconds(1) });
        await _database.ExecuteAsync("alter function overmind.complete_jobs rename to complete_jobs_elsewhere");
        await EnqueueAsync("unwritten");

        await Poll.UntilAsync(() => handler.Handled.Count >= 2);
        await _database.ExecuteAsync("alter function overmind.complete_jobs_elsewhere rename to complete_jobs");

        // The worker kept no slot for it, and goes on.
        await UntilAsync("unwritten", "completed");
        await EnqueueAsync("next");
        await UntilAsync("next", "completed");
        handler.Handled.Select(j => j.LeaseToken).ShouldBeUnique();
        (await _database.ScalarAsync<int>("select jsonb_array_length(errors) from jobs where unique_key = 'unwritten'")).ShouldBe(
            handler.Handled.Count(j => j.Payload.GetProperty("name").GetString() == "unwritten") - 1);
    }

    [Fact]
    public async Task A_node_that_stops_gives_its_jobs_back()
    {
        var handler = new FakeHandler(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
        });
        var host = await StartAsync(handler);
        await EnqueueAsync("back");
        await UntilAsync("back", "processing");

        await host.StopAsync();

        (await _database.ScalarAsync<string>("select status || attempt_count || jsonb_array_length(errors) from jobs")).ShouldBe("pending00");
    }

    [Fact]
    public async Task A_job_that_runs_is_cancelled_by_its_token()
    {
        await StartAsync(new FakeHandler((_, token) => Task.Delay(Timeout.Infinite, token)));
        await EnqueueAsync("unwanted");
        await UntilAsync("unwanted", "processing");

        await _database.Database.ExecuteAsync(_tenant.User, "select overmind.cancel_jobs(array(select id from jobs))", [], CancellationToken.None);

        await UntilAsync("unwanted", "cancelled");
    }

    [Fact]
    public async Task A_job_that_takes_longer_than_its_kind_allows_fails_by_its_rules()
    {
        var kind = new JobKindOptions { Timeout = TimeSpan.FromMilliseconds(50) };
        var handler = new FakeHandler((_, token) => Task.Delay(Timeout.Infinite, token));
        await StartAsync(handler, kind: kind);
        await EnqueueAsync("slow", maxAttempts: 2, kind: kind);

        await UntilAsync("slow", "failed");

        handler.Handled.Count.ShouldBe(2);
        (await _database.ScalarAsync<string>("select last_error from jobs")).ShouldBe("It took longer than 00:00:00.0500000.");
    }

    [Fact]
    public async Task A_handler_that_ignores_its_token_keeps_no_other_job_from_being_done()
    {
        var kind = new JobKindOptions { Timeout = TimeSpan.FromMilliseconds(50) };
        var forever = new TaskCompletionSource();
        await StartAsync(
            new FakeHandler((context, _) => context.Job.Payload.GetProperty("name").GetString() == "deaf" ? forever.Task : Task.CompletedTask),
            Quick with { MaxConcurrency = 1 }, kind);
        await EnqueueAsync("deaf", maxAttempts: 1, kind: kind);
        await EnqueueAsync("next", kind: kind);

        await UntilAsync("deaf", "failed");
        await UntilAsync("next", "completed");
    }

    [Fact]
    public async Task A_failure_that_another_attempt_would_not_mend_is_given_up_at_once()
    {
        var handler = new FakeHandler((_, _) => throw new JobFailedException("There is no such address"));
        await StartAsync(handler);
        await EnqueueAsync("hopeless");

        await UntilAsync("hopeless", "failed");

        handler.Handled.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Progress_and_result_are_kept()
    {
        var go = new TaskCompletionSource();
        await StartAsync(new FakeHandler(async (context, token) =>
        {
            await context.ReportAsync(0.5, token);
            await go.Task;
            context.Result = new JsonObject { ["sent"] = 3 };
        }));
        await EnqueueAsync("long");
        await Poll.UntilAsync(async () => await _database.ScalarAsync<string>("select coalesce(progress::text, '') from jobs") == "0.5");
        go.SetResult();

        await UntilAsync("long", "completed");
        (await _database.ScalarAsync<string>("select result::text from jobs")).ShouldBe("""{"sent": 3}""");
    }

    [Fact]
    public async Task Jobs_of_a_kind_that_is_not_kept_leave_nothing()
    {
        var kind = new JobKindOptions { KeepCompleted = TimeSpan.Zero };
        var handler = new FakeHandler((_, _) => Task.CompletedTask);
        await StartAsync(handler, kind: kind);
        for (var i = 0; i < 20; i++) await EnqueueAsync($"job {i}", kind: kind);

        await Poll.UntilAsync(async () => await _database.ScalarAsync<long>("select count(*) from jobs") == 0);

        handler.Handled.Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_limit_of_a_kind_holds_for_all_workers_together()
    {
        var (running, most) = (0, 0);
        var kind = new JobKindOptions { GlobalConcurrency = 2 };
        var handler = new FakeHandler(async (_, token) =>
        {
            var now = Interlocked.Increment(ref running);
            lock (_hosts) most = Math.Max(most, now);
            await Task.Delay(20, token);
            Interlocked.Decrement(ref running);
        });
        for (var i = 0; i < 12; i++) await EnqueueAsync($"job {i}", kind: kind);
        await StartAsync(handler, kind: kind);
        await StartAsync(handler, kind: kind);

        await Poll.UntilAsync(async () => await _database.ScalarAsync<long>("select count(*) from jobs where status = 'completed'") == 12);

        most.ShouldBe(2);
    }

    [Fact]
    public async Task A_node_that_stops_lets_its_jobs_end_within_its_grace()
    {
        var (began, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var handler = new FakeHandler((_, _) =>
        {
            began.TrySetResult();
            return go.Task;
        });
        var host = await StartAsync(handler, Quick with { Grace = TimeSpan.FromSeconds(20) });
        await EnqueueAsync("last");
        await began.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var stopping = host.StopAsync();
        go.SetResult();
        await stopping;

        (await _database.ScalarAsync<string>("select status from jobs")).ShouldBe("completed");
    }

    [Fact]
    public async Task A_delayed_job_is_done_when_its_time_comes_without_a_poll()
    {
        await StartAsync(new FakeHandler((_, _) => Task.CompletedTask), Quick with { Heartbeat = TimeSpan.FromMinutes(5), Poll = TimeSpan.FromMinutes(5) });
        await EnqueueAsync("first");
        await UntilAsync("first", "completed");
        await _database.Database.ExecuteAsync(
            _tenant.User, "insert into jobs (kind, unique_key, run_at) values ('test', 'delayed', clock_timestamp() + interval '1 second')", [], CancellationToken.None);

        await UntilAsync("delayed", "completed");

        (await _database.ScalarAsync<bool>("select picked_up_at between run_at and run_at + interval '10 seconds' from jobs where unique_key = 'delayed'")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_worker_is_alive_while_it_has_its_connection()
    {
        var host = await StartAsync(new FakeHandler((_, _) => Task.CompletedTask));
        var worker = host.Services.GetRequiredService<JobWorker>();

        await Poll.UntilAsync(() => worker.IsAlive);
        await host.StopAsync();

        worker.IsAlive.ShouldBeFalse();
    }

    async Task<IHost> StartAsync(FakeHandler handler, JobWorkerOptions? options = null, JobKindOptions? kind = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(_database.Database).AddSingleton(new UnpooledDataSource(_database.Direct));
        builder.Services.AddSingleton(handler).AddJob<FakeHandler>(kind);
        builder.Services.AddOvermind(library => library.Worker = options ?? Quick);
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    async Task EnqueueAsync(string name, int maxAttempts = 3, JobKindOptions? kind = null)
    {
        var job = new NewJob { Kind = "test", Payload = new JsonObject { ["name"] = name }, UniqueKey = name, MaxAttempts = maxAttempts, Retry = Soon };
        await using var results = await _database.Database.SendAsync(_tenant.User, [JobStore.Insert(job, kind)], CancellationToken.None);
    }

    Task UntilAsync(string name, string status) =>
        Poll.UntilAsync(async () => await _database.ScalarAsync<string>("select status from jobs where unique_key = $1", name) == status);
}
