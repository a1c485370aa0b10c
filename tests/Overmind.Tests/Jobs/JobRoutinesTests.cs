using Npgsql;
using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Jobs;

public class JobRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    const long NobodysLock = 4711;

    [Fact]
    public async Task Due_jobs_are_claimed_by_priority_and_each_claim_has_a_higher_token()
    {
        await AddAsync("ordered", "default values");
        var kind = await AddAsync("prio", "(priority, metadata) values (100, '{\"n\": 2}')", "(priority, metadata) values (1, '{\"n\": 1}')", "(priority, run_at) values (1, now() + interval '1 hour')");

        var claimed = new[] { (await ClaimAsync(kind))!, (await ClaimAsync(kind))! };

        claimed.ShouldAllBe(job => job.Status == "processing" && job.AttemptCount == 1);
        claimed[0].LeaseToken!.Value.ShouldBeLessThan(claimed[1].LeaseToken!.Value);
        (await data.Owner.ScalarAsync<string>("select string_agg(metadata ->> 'n', ' ' order by lease_token) from jobs where kind = $1 and lease_token is not null", kind))
            .ShouldBe("1 2");
        (await ClaimAsync(kind)).ShouldBeNull();
    }

    [Fact]
    public async Task Jobs_that_are_claimed_together_have_one_lease_and_their_claiming_changes_no_index()
    {
        var kind = await AddAsync("together", [.. Enumerable.Repeat("default values", 3)]);
        var before = await HotUpdatesAsync();

        var claimed = await data.Requests.ListAsync<Claimed>(
            Claims.Service, $"select {Columns} from overmind.claim_jobs(array[$1], 'worker', {NobodysLock}, 10, interval '15 s')", [kind], default);

        claimed.Count.ShouldBe(3);
        var token = claimed.Select(job => job.LeaseToken).Distinct().ShouldHaveSingleItem();
        (await data.Owner.ScalarAsync<int>("select cardinality(job_ids) from overmind.job_claims where lease_token = $1", token!)).ShouldBe(3);
        await Poll.UntilAsync(async () => await HotUpdatesAsync() >= before + 3);
    }

    [Fact]
    public async Task What_a_lease_holds_beyond_its_workers_hands_goes_back_when_it_is_renewed()
    {
        var kind = await AddAsync("dropped", "default values", "default values");
        var claimed = await data.Requests.ListAsync<Claimed>(
            Claims.Service, $"select {Columns} from overmind.claim_jobs(array[$1], 'worker', {NobodysLock}, 10, interval '15 s')", [kind], default);

        (await RenewAsync(claimed[0])).ShouldBe([claimed[0].LeaseToken!.Value]);

        (await ReadAsync(claimed[0].Id)).Status.ShouldBe("processing");
        var dropped = await ReadAsync(claimed[1].Id);
        (dropped.Status, dropped.AttemptCount, dropped.LeaseToken).ShouldBe(("pending", 0, null));
        (await data.Owner.ScalarAsync<string>("select last_error from jobs where id = $1", dropped.Id)).ShouldBe("How it ended could not be written");
    }

    [Fact]
    public async Task A_renewal_tells_what_is_to_end_and_forgets_the_claims_that_have_ended()
    {
        var kind = await AddAsync("ending", "default values", "default values");
        var (ended, unwanted) = ((await ClaimAsync(kind))!, (await ClaimAsync(kind))!);
        await data.DoAsync(Claims.Service, "select overmind.finish_job($1, $2, 'completed')", ended.Id, ended.LeaseToken);
        await data.DoAsync(data.Me, "select overmind.cancel_jobs(array[$1])", unwanted.Id);

        var cancelled = await data.OneAsync<Guid>(
            Claims.Service, $"select cancelled[1] from overmind.renew_leases({NobodysLock}, array[$1], array[$2], array[$3], interval '15 s')",
            unwanted.LeaseToken, unwanted.Id, ended.LeaseToken);

        cancelled.ShouldBe(unwanted.Id);
        (await data.Owner.ScalarAsync<long>("select count(*) from overmind.job_claims where lease_token in ($1, $2)", ended.LeaseToken!, unwanted.LeaseToken!)).ShouldBe(1);
    }

    [Fact]
    public async Task Another_workers_leases_are_not_renewed()
    {
        var job = (await ClaimAsync(await AddAsync("foreign", "default values"), workerLock: 4712))!;
        (await RenewAsync(job)).ShouldBeEmpty();
        (await ReadAsync(job.Id)).Status.ShouldBe("processing");
    }

    [Fact]
    public async Task Two_workers_never_claim_the_same_job()
    {
        var kind = await AddAsync("many", [.. Enumerable.Repeat("default values", 60)]);
        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            data.Requests.ListAsync<Guid>(Claims.Service, $"select id from overmind.claim_jobs(array[$1], 'w', {NobodysLock}, 5, interval '15 s')", [kind], default)));
        claims.SelectMany(ids => ids).Distinct().Count().ShouldBe(60);
        claims.Sum(ids => ids.Count).ShouldBe(60);
    }

    [Fact]
    public async Task A_lease_that_was_lost_is_not_renewed_and_its_end_is_refused()
    {
        var kind = await AddAsync("fenced", "default values");
        var first = (await ClaimAsync(kind))!;
        (await RenewAsync(first)).ShouldBe([first.LeaseToken!.Value]);

        await ReleaseAsync(DateTimeOffset.MaxValue);
        var second = (await ClaimAsync(kind))!;

        second.LeaseToken!.Value.ShouldBeGreaterThan(first.LeaseToken!.Value);
        (await RenewAsync(first)).ShouldBeEmpty();
        (await data.RefusedAsync(Claims.Service, "select overmind.finish_job($1, $2, 'completed')", first.Id, first.LeaseToken)).ShouldBe("OV001");
        await data.DoAsync(Claims.Service, "select overmind.finish_job($1, $2, 'completed', p_result => '{\"done\": 1}')", second.Id, second.LeaseToken);
        (await ReadAsync(second.Id)).Status.ShouldBe("completed");
        (await data.RefusedAsync(Claims.Service, "select overmind.finish_job($1, $2, 'completed')", second.Id, second.LeaseToken)).ShouldBe("OV001");
    }

    [Fact]
    public async Task A_failure_is_tried_again_while_attempts_are_left_and_every_error_is_kept()
    {
        var kind = await AddAsync("failing", "(max_attempts) values (2)");
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var job = (await ClaimAsync(kind))!;
            job.AttemptCount.ShouldBe(attempt);
            await data.DoAsync(Claims.Service, "select overmind.finish_job($1, $2, 'failed', 'It broke', now())", job.Id, job.LeaseToken);
            (await ReadAsync(job.Id)).Status.ShouldBe(attempt == 1 ? "pending" : "failed");
        }
        (await data.Owner.ScalarAsync<string>("select errors -> 0 ->> 'error' || (errors -> 1 ->> 'attempt') from jobs where kind = $1", kind)).ShouldBe("It broke2");
    }

    [Fact]
    public async Task A_job_given_back_counts_no_attempt()
    {
        var kind = await AddAsync("back", "default values");
        var job = (await ClaimAsync(kind))!;
        await data.DoAsync(Claims.Service, "select overmind.finish_job($1, $2, 'pending')", job.Id, job.LeaseToken);
        (await ClaimAsync(kind))!.AttemptCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_dead_workers_leases_end_at_once_and_a_living_ones_when_they_run_out()
    {
        var kind = await AddAsync("leased", "default values");
        const long workerLock = 815;
        await using (var worker = await data.Owner.Direct.OpenConnectionAsync())
        {
            await using (var take = new NpgsqlCommand("select pg_advisory_lock(815)", worker))
                await take.ExecuteNonQueryAsync();
            var job = (await ClaimAsync(kind, workerLock))!;

            await ReleaseAsync(TimeProvider.System.GetUtcNow());
            (await ReadAsync(job.Id)).Status.ShouldBe("processing");
            await ReleaseAsync(TimeProvider.System.GetUtcNow().AddSeconds(20));
            (await ReadAsync(job.Id)).Status.ShouldBe("pending");
            await ClaimAsync(kind, workerLock);
        }
        // The lock goes with the session, which the server ends a moment after the client.
        await Poll.UntilAsync(async () =>
        {
            await ReleaseAsync(TimeProvider.System.GetUtcNow());
            return await ReadByKindAsync(kind) is { Status: "pending", AttemptCount: 0 };
        });
    }

    [Fact]
    public async Task A_job_that_may_be_what_kills_its_workers_fails_in_the_end()
    {
        var kind = await AddAsync("poison", """(retry_when_lost, max_attempts, retry_config) values (false, 2, '{"base_delay_ms": 0}')""");
        foreach (var status in (string[])["pending", "failed"])
        {
            await ClaimAsync(kind);
            await ReleaseAsync(TimeProvider.System.GetUtcNow());
            (await ReadByKindAsync(kind)).Status.ShouldBe(status);
        }
    }

    [Fact]
    public async Task Workers_hear_of_a_job_that_is_due()
    {
        await using var listener = await data.Owner.Direct.OpenConnectionAsync();
        var heard = new List<string>();
        listener.Notification += (_, notification) => heard.Add(notification.Payload);
        await using (var listen = new NpgsqlCommand("listen job_available", listener))
            await listen.ExecuteNonQueryAsync();

        await AddAsync("later", "(run_at) values (now() + interval '1 hour')");
        var kind = await AddAsync("now", "default values");

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!heard.Contains(kind))
            await listener.WaitAsync(patience.Token);
        heard.ShouldNotContain(name => name.StartsWith("later", StringComparison.Ordinal));
    }

    const string Columns = "id, status, attempt_count, lease_token";

    async Task<string> AddAsync(string name, params string[] jobs)
    {
        var kind = $"{name}.{Guid.CreateVersion7():n}";
        foreach (var job in jobs)
        {
            var (columns, values) = job == "default values" ? ("(", "(") : (job.Split(" values ")[0].TrimEnd(')') + ", ", job.Split(" values ")[1][..^1] + ", ");
            await data.DoAsync(data.Me, $"insert into jobs {columns}kind) values {values}$1)", kind);
        }
        return kind;
    }

    Task<Claimed?> ClaimAsync(string kind, long workerLock = NobodysLock) => data.Requests.FindAsync<Claimed>(
        Claims.Service, $"select {Columns} from overmind.claim_jobs(array[$1], 'worker', $2, 1, interval '15 s')", [kind, workerLock], default);

    Task<IReadOnlyList<long>> RenewAsync(Claimed job) => data.Requests.ListAsync<long>(
        Claims.Service, $"select lease_token from overmind.renew_leases({NobodysLock}, array[$1], array[$2], '{{}}', interval '15 s')", [job.LeaseToken, job.Id], default);

    /// <summary>Told by the statistics, which come a moment later.</summary>
    Task<long> HotUpdatesAsync() => data.Owner.ScalarAsync<long>("select pg_stat_get_tuples_hot_updated('jobs'::regclass)");

    Task<int> ReleaseAsync(DateTimeOffset now) => data.DoAsync(Claims.Service, "select overmind.release_dead_leases($1)", now.UtcDateTime);

    Task<Claimed> ReadAsync(Guid id) => data.OneAsync<Claimed>(data.Me, $"select {Columns} from jobs where id = $1", id);

    Task<Claimed> ReadByKindAsync(string kind) => data.OneAsync<Claimed>(data.Me, $"select {Columns} from jobs where kind = $1", kind);

    sealed record Claimed(Guid Id, string Status, int AttemptCount, long? LeaseToken);
}
