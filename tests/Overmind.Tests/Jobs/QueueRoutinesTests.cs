using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Jobs;

public class QueueRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    const long NobodysLock = 4712;

    readonly string _kind = $"queue.{Guid.CreateVersion7():n}";

    [Fact]
    public async Task An_organization_with_many_jobs_does_not_hold_up_one_with_one()
    {
        await data.DoAsync(data.Me, "insert into jobs (kind, priority) select $1, 0 from generate_series(1, 500)", _kind);
        await data.DoAsync(data.Second.User, "insert into jobs (kind) values ($1)", _kind);

        (await ClaimAsync(4)).ShouldContain(data.Second.OrganizationId);
    }

    [Fact]
    public async Task A_claim_brings_less_than_it_may_only_when_there_is_no_more()
    {
        await data.DoAsync(data.Me, "insert into jobs (kind) select $1 from generate_series(1, 500)", _kind);
        await data.DoAsync(data.Second.User, "insert into jobs (kind) select $1 from generate_series(1, 3)", _kind);

        (await ClaimAsync(24)).Count(tenant => tenant == data.Second.OrganizationId).ShouldBe(3);
        (await ClaimAsync(400)).Count.ShouldBe(400);
        (await ClaimAsync(400)).Count.ShouldBe(79);
    }

    [Fact]
    public async Task Limits_of_a_kind_count_what_runs_anywhere()
    {
        await data.DoAsync(data.Me, "insert into jobs (kind) select $1 from generate_series(1, 10)", _kind);
        await data.DoAsync(data.Second.User, "insert into jobs (kind) select $1 from generate_series(1, 10)", _kind);

        (await ClaimAsync(20, """{"organization": 2}""")).Count.ShouldBe(4);
        (await ClaimAsync(20, """{"organization": 2}""")).ShouldBeEmpty();
        (await ClaimAsync(20, """{"all": 7}""")).Count.ShouldBe(3);
        (await ClaimAsync(20, """{"slots": 1}""")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("lease_token = 1"), InlineData("completed_at = now()"), InlineData("status = 'processing'"), InlineData("status = 'completed'")]
    [InlineData("status = 'blocked', lease_token = 1"), InlineData("status = 'failed', completed_at = now(), lease_token = 1"), InlineData("status = 'lost'")]
    public async Task The_table_refuses_what_is_no_state(string change)
    {
        await data.DoAsync(data.Me, "insert into jobs (kind) values ($1)", _kind);
        (await Should.ThrowAsync<Npgsql.PostgresException>(data.Owner.ExecuteAsync($"update jobs set {change} where kind = $1", _kind))).ConstraintName.ShouldBe("jobs_state");
    }

    [Fact]
    public async Task Who_looks_for_a_job_by_its_id_has_the_primary_key_alone()
    {
        // Workers are faster than ANALYZE reads: the table may seem to be empty, and any index with the id as good as the primary key.
        const string others = """
            select coalesce(string_agg(i.indexrelid::regclass::text, ', '), '')
            from pg_index i
            join pg_attribute a on a.attrelid = i.indrelid and a.attname = 'id'
            where i.indrelid = 'jobs'::regclass and a.attnum = any (i.indkey) and not i.indisprimary and i.indpred is null
            """;
        (await data.Owner.ScalarAsync<string>(others)).ShouldBe("");
    }

    [Fact]
    public async Task A_claim_goes_on_after_its_cursor()
    {
        await data.DoAsync(data.Me, "insert into jobs (kind, run_at) select $1, now() - interval '1 minute' + n * interval '1 second' from generate_series(1, 5) n", _kind);
        var cursor = await data.Owner.ScalarAsync<string>(
            """
            select jsonb_build_array(jsonb_build_object('kind', kind, 'tenant', organization_id, 'priority', priority, 'run_at', run_at, 'id', id))::text
            from jobs where kind = $1 order by run_at offset 2 limit 1
            """, _kind);

        (await data.Requests.ListAsync<Guid>(
            Claims.Service, $"select id from overmind.claim_jobs(array[$1], 'w', {NobodysLock}, 10, '15 s', p_cursors => $2::jsonb)", [_kind, cursor], default)).Count.ShouldBe(2);
        (await ClaimAsync(10)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_job_with_a_time_is_not_due_before_it()
    {
        await data.DoAsync(data.Me, "insert into jobs (kind, run_at) values ($1, now() + interval '1 hour')", _kind);

        (await ClaimAsync(1)).ShouldBeEmpty();
        (await data.Owner.ScalarAsync<bool>("select is_due from jobs where kind = $1", _kind)).ShouldBeFalse();
        (await data.OneAsync<DateTimeOffset>(Claims.Service, "select overmind.next_job_at()")).ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
        (await data.Requests.ListAsync<Guid>(
            Claims.Service, $"select id from overmind.claim_jobs(array[$1], 'w', {NobodysLock}, 1, '15 s', now() + interval '2 hours')", [_kind], default)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("exponential", 1, 1000), InlineData("exponential", 4, 8000), InlineData("exponential", 90, 300_000)]
    [InlineData("linear", 3, 3000), InlineData("fixed", 9, 1000)]
    public async Task Waits_grow_as_the_rule_says(string strategy, int attempt, int milliseconds)
    {
        var config = $$"""{"strategy": "{{strategy}}", "base_delay_ms": 1000, "max_delay_ms": 300000}""";
        (await data.Owner.ScalarAsync<TimeSpan>("select overmind.retry_delay($1::jsonb, $2)", config, attempt)).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
        (await data.Owner.ScalarAsync<bool>(
            """select bool_and(d <= $3 and d >= $3 / 2) and count(distinct d) > 1 from (select overmind.retry_delay($1::jsonb || '{"jitter": 0.5}', $2) as d from generate_series(1, 100)) as s""",
            config, attempt, TimeSpan.FromMilliseconds(milliseconds))).ShouldBeTrue();
    }

    [Fact]
    public async Task Ended_jobs_are_deleted_when_they_were_kept_long_enough()
    {
        await data.DoAsync(data.Me, "insert into jobs (kind) select $1 from generate_series(1, 3)", _kind);
        await data.DoAsync(
            Claims.Service,
            $"select overmind.complete_jobs(array_agg(id), array_agg(lease_token), array_agg(null::jsonb), array_agg(interval '1 hour'), '{{}}') from overmind.claim_jobs(array[$1], 'w', {NobodysLock}, 2, '15 s')",
            _kind);

        await data.DoAsync(Claims.Service, "select overmind.delete_ended_jobs()");
        (await data.Owner.ScalarAsync<long>("select count(*) from jobs where kind = $1", _kind)).ShouldBe(3);
        await data.DoAsync(Claims.Service, "select overmind.delete_ended_jobs(p_now => now() + interval '2 hours')");
        (await data.Owner.ScalarAsync<string>("select string_agg(status, ' ') from jobs where kind = $1", _kind)).ShouldBe("pending");
    }

    [Fact]
    public async Task Members_cancel_and_retry_their_own_jobs_and_admins_all()
    {
        var id = await data.OneAsync<Guid>(data.Me, "insert into jobs (kind, run_at) values ($1, now() + interval '1 hour') returning id", _kind);
        foreach (var stranger in (Claims[])[data.First.OtherUser, data.Second.Admin, data.Me with { Role = OrganizationRole.Viewer }])
            (await data.OneAsync<long>(stranger, "select count(*) from overmind.cancel_jobs(array[$1])", id)).ShouldBe(0);

        (await data.OneAsync<long>(data.Me, "select count(*) from overmind.cancel_jobs(array[$1])", id)).ShouldBe(1);
        (await StatusAsync(id)).ShouldBe("cancelled");
        (await data.OneAsync<long>(data.First.OtherUser, "select count(*) from overmind.retry_jobs(array[$1])", id)).ShouldBe(0);
        (await data.OneAsync<long>(data.First.Admin, "select count(*) from overmind.retry_jobs(array[$1])", id)).ShouldBe(1);
        (await StatusAsync(id)).ShouldBe("pending");
        (await ClaimAsync(1)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_jobs_with_one_unique_key_one_is_retried()
    {
        for (var i = 0; i < 3; i++)
        {
            await data.DoAsync(data.Me, "insert into jobs (kind, unique_key) values ($1, 'same')", _kind);
            await data.DoAsync(data.Me, "select overmind.cancel_jobs(array(select id from jobs where kind = $1))", _kind);
        }

        (await data.OneAsync<long>(data.Me, "select count(*) from overmind.retry_jobs(array(select id from jobs where kind = $1))", _kind)).ShouldBe(1);
        (await data.OneAsync<long>(data.Me, "select count(*) from overmind.retry_jobs(array(select id from jobs where kind = $1))", _kind)).ShouldBe(0);
    }

    [Fact]
    public async Task A_job_of_the_installation_is_unique_too()
    {
        var job = $$"""[{"id": "{{Guid.CreateVersion7()}}", "kind": "{{_kind}}", "payload": {}, "unique_key": "nightly"}]""";
        (await data.Requests.ListAsync<Guid>(Claims.Service, "select id from overmind.enqueue_installation_jobs($1::jsonb) as id", [job], default)).ShouldHaveSingleItem();
        (await data.Requests.ListAsync<Guid>(
            Claims.Service, "select id from overmind.enqueue_installation_jobs($1::jsonb) as id", [job.Replace("\"id\": \"0", "\"id\": \"1")], default)).ShouldBeEmpty();
        (await ClaimAsync(1)).ShouldBe([null]);
    }

    [Fact]
    public async Task The_episode_queue_is_written_as_a_table()
    {
        var project = await data.OneAsync<Guid>(data.Me, "insert into projects (name) values ('Futures') returning id");
        await data.DoAsync(
            data.Me,
            """
            insert into episode_schedule_queue (project_id, organization_id, scheduled_for, status, attempt_count, metadata)
            values ($1, $2, now() + interval '1 hour', 'pending', 0, '{"user_timezone": "Europe/London", "user_local_time": "2026-03-29T09:00:00.000+01:00"}')
            """,
            project, data.First.OrganizationId);

        (await data.DoAsync(data.First.OtherUser, "update episode_schedule_queue set status = 'blocked'")).ShouldBe(0);
        (await data.DoAsync(data.Me, "update episode_schedule_queue set status = 'blocked', last_error = 'Daily limit exceeded' where organization_id = $1 and status = 'pending'", data.First.OrganizationId)).ShouldBe(1);
        (await data.OneAsync<string>(data.Me, "select status || last_error || (metadata ->> 'user_timezone') || (project_id = $1) from episode_schedule_queue", project))
            .ShouldBe("blockedDaily limit exceededEurope/Londontrue");
        (await data.RefusedAsync(data.Me, "update episode_schedule_queue set status = 'completed'")).ShouldBe("23514");
        (await data.DoAsync(data.Me, "update episode_schedule_queue set status = 'cancelled'")).ShouldBe(1);
    }

    Task<IReadOnlyList<Guid?>> ClaimAsync(int limit, string rules = "{}") => data.Requests.ListAsync<Guid?>(
        Claims.Service,
        $"select organization_id from overmind.claim_jobs(array[$1], 'w', {NobodysLock}, $2, '15 s', p_limits => $3::jsonb)",
        [_kind, limit, $$"""{"{{_kind}}": {{rules}}}"""], default);

    Task<string> StatusAsync(Guid id) => data.Owner.ScalarAsync<string>("select status from jobs where id = $1", id);
}
