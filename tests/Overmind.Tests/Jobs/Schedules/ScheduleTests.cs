using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Jobs.Schedules;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Jobs.Schedules;

/// <summary>Schedules on a real database. What is due is set by the row, so that no test waits for a clock.</summary>
public sealed class ScheduleTests(TestPostgres postgres) : IAsyncLifetime
{
    static readonly Timetable EveryDay = new() { Cadence = new(CadenceMode.Daily, []), TimeZone = "Europe/Berlin" };

    readonly List<IHost> _hosts = [];
    TestDatabase _database = null!;
    TestTenants _tenants = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _tenants = await TestTenants.CreateAsync(_database);
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
    public async Task What_is_due_becomes_a_job_in_its_owners_name_and_the_next_time_is_set()
    {
        var handler = new FakeHandler((_, _) => Task.CompletedTask);
        var schedules = Services(await StartAsync(handler));
        var made = await schedules.CreateAsync(User, New(EveryDay) with { Payload = """{"name":"daily"}""" }, CancellationToken.None);
        made.NextRunAt.ShouldBe(EveryDay.NextRuns(TimeProvider.System.GetUtcNow(), 1)[0].ToUniversalTime());

        await DueAsync(made.Id, "clock_timestamp() - interval '1 second'");

        await Poll.UntilAsync(() => !handler.Handled.IsEmpty);
        var job = handler.Handled.ShouldHaveSingleItem();
        (job.OrganizationId, job.UserId, job.Payload.GetProperty("name").GetString()).ShouldBe((User.OrganizationId, User.UserId, "daily"));
        var after = await schedules.GetAsync(User, made.Id, CancellationToken.None);
        after.NextRunAt.ShouldBe(made.NextRunAt);
        after.LastRunAt.ShouldNotBeNull();
        (await _database.ScalarAsync<string>("select metadata ->> 'user_timezone' from jobs where kind = 'test'")).ShouldBe("Europe/Berlin");
        (await _database.ScalarAsync<bool>("select (metadata ->> 'user_local_time')::timestamptz = date_trunc('second', (metadata ->> 'scheduled_for')::timestamptz) from jobs where kind = 'test'")).ShouldBeTrue();
    }

    [Fact]
    public async Task Many_nodes_fire_once()
    {
        var services = Services(await StartAsync(null));
        for (var i = 0; i < 3; i++) await StartAsync(null);
        var ids = new List<Guid>();
        for (var i = 0; i < 30; i++) ids.Add((await services.CreateAsync(User, New(EveryDay), CancellationToken.None)).Id);

        await _database.ExecuteAsync("update schedules set next_run_at = clock_timestamp() where organization_id is not null");

        await Poll.UntilAsync(() => _database.ScalarAsync<bool>("select count(*) = 0 from schedules where next_run_at <= clock_timestamp() and organization_id is not null"));
        (await _database.ScalarAsync<long>("select count(*) from jobs where kind = 'test'")).ShouldBe(ids.Count);
        (await _database.ScalarAsync<long>("select count(distinct metadata ->> 'schedule_id') from jobs where kind = 'test'")).ShouldBe(ids.Count);
    }

    [Fact]
    public async Task A_firing_that_another_node_has_made_does_nothing()
    {
        var schedules = Services(Host(null, worker: false));
        var made = await schedules.CreateAsync(User, New(EveryDay), CancellationToken.None);
        await DueAsync(made.Id, "'2025-08-15T07:00Z'");
        const string fire =
            "select overmind.fire_schedule($1, '2025-08-15T07:00Z', '2025-08-16T07:00Z', array['2025-08-15T07:00Z']::timestamptz[], array['2025-08-15T09:00:00+02:00'])";

        (await _database.ScalarAsync<int>(fire, made.Id)).ShouldBe(1);
        (await _database.ScalarAsync<int>(fire, made.Id)).ShouldBe(0);

        (await _database.ScalarAsync<long>("select count(*) from jobs where kind = 'test'")).ShouldBe(1);
    }

    [Fact]
    public async Task Days_that_a_node_slept_through_happen_as_the_policy_says()
    {
        var schedules = Services(Host(null, worker: false));
        foreach (var policy in Enum.GetValues<MissedRuns>())
        {
            var made = await schedules.CreateAsync(User, New(EveryDay) with { Name = LowerSnake.Write(policy), MissedRuns = policy }, CancellationToken.None);
            await DueAsync(made.Id, "date_trunc('day', clock_timestamp()) - interval '3 days' + interval '7 hours 30 minutes'");
        }

        await StartAsync(null);

        await Poll.UntilAsync(() => _database.ScalarAsync<bool>("select count(*) = 0 from schedules where next_run_at <= clock_timestamp()"));
        async Task<long> JobsOf(string name) => await _database.ScalarAsync<long>(
            "select count(*) from jobs j join schedules s on s.id = (j.metadata ->> 'schedule_id')::uuid where s.name = $1", name);
        (await JobsOf("run_once")).ShouldBe(1);
        (await JobsOf("run_all")).ShouldBeInRange(3, 5);
        (await JobsOf("skip")).ShouldBeInRange(0, 1);
    }

    [Fact]
    public async Task A_paused_schedule_is_not_due_and_misses_nothing()
    {
        var schedules = Services(await StartAsync(null));
        var made = await schedules.CreateAsync(User, New(EveryDay), CancellationToken.None);
        (await schedules.PauseAsync(User, made.Id, CancellationToken.None)).NextRunAt.ShouldBeNull();
        await DueAsync(made.Id, "clock_timestamp() - interval '2 days'");

        var resumed = await schedules.ResumeAsync(User, made.Id, CancellationToken.None);

        resumed.IsPaused.ShouldBeFalse();
        resumed.NextRunAt.ShouldBe(made.NextRunAt);
        (await _database.ScalarAsync<long>("select count(*) from jobs where kind = 'test'")).ShouldBe(0);
    }

    [Fact]
    public async Task Run_now_makes_a_job_and_moves_nothing()
    {
        var schedules = Services(Host(null, worker: false));
        var made = await schedules.CreateAsync(User, New(EveryDay), CancellationToken.None);

        var job = await schedules.RunAsync(_tenants.First.Admin, made.Id, CancellationToken.None);

        (await _database.ScalarAsync<Guid>("select user_id from jobs where id = $1", job)).ShouldBe(User.UserId!.Value);
        (await schedules.GetAsync(User, made.Id, CancellationToken.None)).NextRunAt.ShouldBe(made.NextRunAt);
    }

    [Fact]
    public async Task A_project_shows_when_the_first_of_its_schedules_is_due()
    {
        var schedules = Services(Host(null, worker: false));
        await _database.Database.ExecuteAsync(User, "insert into projects (name) values ('Harbour')", [], CancellationToken.None);
        var project = await _database.ScalarAsync<Guid>("select id from projects");
        var daily = await schedules.CreateAsync(User, New(EveryDay) with { ProjectId = project }, CancellationToken.None);
        await schedules.CreateAsync(User, New(new Timetable { Cron = "0 0 29 2 *" }) with { ProjectId = project }, CancellationToken.None);
        async Task<bool> Shows(DateTimeOffset? time) => time is { } at
            ? await _database.ScalarAsync<bool>("select next_scheduled_at = $1 from projects", at.UtcDateTime)
            : await _database.ScalarAsync<bool>("select next_scheduled_at is null from projects");

        (await Shows(daily.NextRunAt)).ShouldBeTrue();
        await schedules.DeleteAsync(User, daily.Id, null, CancellationToken.None);
        (await Shows(daily.NextRunAt)).ShouldBeFalse();
        await _database.ExecuteAsync("delete from schedules where project_id is not null");
        (await Shows(null)).ShouldBeTrue();
        var refused = await Should.ThrowAsync<OvermindException>(() => schedules.CreateAsync(_tenants.First.OtherUser, New(EveryDay) with { ProjectId = project }, CancellationToken.None));
        (refused.Code, refused.Param).ShouldBe((ErrorCode.InvalidValue, "project_id"));
    }

    [Fact]
    public async Task A_project_that_a_schedule_is_taken_from_shows_what_is_left()
    {
        var schedules = Services(Host(null, worker: false));
        await _database.Database.ExecuteAsync(User, "insert into projects (name) values ('From'), ('To')", [], CancellationToken.None);
        async Task<Guid> ProjectAsync(string name) => await _database.ScalarAsync<Guid>("select id from projects where name = $1", name);
        var (from, to) = (await ProjectAsync("From"), await ProjectAsync("To"));
        var made = await schedules.CreateAsync(User, New(EveryDay) with { ProjectId = from }, CancellationToken.None);

        await schedules.UpdateAsync(User, made.Id, new() { ProjectId = new(to) }, null, CancellationToken.None);

        (await _database.ScalarAsync<bool>("select next_scheduled_at is null from projects where id = $1", from)).ShouldBeTrue();
        (await _database.ScalarAsync<bool>("select next_scheduled_at = $2 from projects where id = $1", to, made.NextRunAt!.Value.UtcDateTime)).ShouldBeTrue();
        (await schedules.UpdateAsync(User, made.Id, new() { ProjectId = new(null) }, null, CancellationToken.None)).ProjectId.ShouldBeNull();
        (await _database.ScalarAsync<bool>("select next_scheduled_at is null from projects where id = $1", to)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_schedule_is_changed_in_part_and_is_due_by_its_new_times()
    {
        var schedules = Services(Host(null, worker: false));
        var made = await schedules.CreateAsync(User, New(EveryDay) with { MaxAttempts = 7 }, CancellationToken.None);

        var later = await schedules.UpdateAsync(User, made.Id, new() { LocalTime = "21:45" }, null, CancellationToken.None);
        later.NextRunAt.ShouldBe((EveryDay with { LocalTime = "21:45" }).NextRuns(TimeProvider.System.GetUtcNow(), 1)[0].ToUniversalTime());
        (later.Name, later.MaxAttempts, later.TimeZone).ShouldBe((made.Name, 7, made.TimeZone));

        var cron = await schedules.UpdateAsync(User, made.Id, new() { Cron = new("0 0 29 2 *"), TimeZone = "UTC" }, later.UpdatedAt, CancellationToken.None);
        (cron.CadenceConfig, cron.Cron).ShouldBe((null, "0 0 29 2 *"));
        cron.NextRunAt!.Value.ToString("MM-dd HH:mm").ShouldBe("02-29 00:00");
        var days = await schedules.UpdateAsync(User, made.Id, new() { Cadence = new(new Cadence(CadenceMode.Custom, [6, 0])) }, null, CancellationToken.None);
        (days.Cron, days.CadenceConfig).ShouldBe((null, new Cadence(CadenceMode.Custom, [0, 6])));

        (await schedules.UpdateAsync(User, made.Id, new() { IsPaused = true, Name = "Weekend" }, null, CancellationToken.None)).NextRunAt.ShouldBeNull();
        var resumed = await schedules.UpdateAsync(User, made.Id, new() { IsPaused = false }, null, CancellationToken.None);
        (resumed.NextRunAt, resumed.Name).ShouldBe((days.NextRunAt, "Weekend"));
    }

    [Fact]
    public async Task A_time_that_has_come_still_happens_when_only_other_things_are_changed()
    {
        var schedules = Services(Host(null, worker: false));
        var made = await schedules.CreateAsync(User, New(EveryDay), CancellationToken.None);
        await DueAsync(made.Id, "'2025-08-15T07:00Z'");

        // As a form sends it: all of it, the same as it was.
        var renamed = await schedules.UpdateAsync(
            User, made.Id, new() { Name = "Renamed", Cadence = new(EveryDay.Cadence), Cron = new(null), LocalTime = "09:00", TimeZone = "Europe/Berlin", IsPaused = false },
            null, CancellationToken.None);
        (renamed.Name, renamed.NextRunAt).ShouldBe(("Renamed", DateTimeOffset.Parse("2025-08-15T07:00Z")));

        var moved = await schedules.UpdateAsync(User, made.Id, new() { TimeZone = "Asia/Tokyo" }, null, CancellationToken.None);
        moved.NextRunAt!.Value.ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_firing_refuses_no_edit_and_another_edit_does()
    {
        var schedules = Services(Host(null, worker: false));
        var made = await schedules.CreateAsync(User, New(EveryDay), CancellationToken.None);
        await DueAsync(made.Id, "'2025-08-15T07:00Z'");
        await _database.ScalarAsync<int>(
            "select overmind.fire_schedule($1, '2025-08-15T07:00Z', '2025-08-16T07:00Z', array['2025-08-15T07:00Z']::timestamptz[], array['2025-08-15T09:00:00+02:00'])", made.Id);

        var changed = await schedules.UpdateAsync(User, made.Id, new() { MissedRuns = MissedRuns.Skip }, made.UpdatedAt, CancellationToken.None);
        changed.LastRunAt.ShouldNotBeNull();
        changed.UpdatedAt.ShouldBeGreaterThan(made.UpdatedAt);

        (await Should.ThrowAsync<OvermindException>(() => schedules.UpdateAsync(User, made.Id, new() { Name = "Mine" }, made.UpdatedAt, CancellationToken.None)))
            .Code.ShouldBe(ErrorCode.PreconditionFailed);
    }

    [Fact]
    public async Task Edits_that_meet_and_ask_for_no_version_are_all_kept()
    {
        var schedules = Services(Host(null, worker: false));
        var made = await schedules.CreateAsync(User, New(EveryDay), CancellationToken.None);

        await Task.WhenAll(
            ((SchedulePatch[])[new() { Name = "Together" }, new() { TimeZone = "Asia/Tokyo" }, new() { LocalTime = "10:30" }, new() { MaxAttempts = 9 }])
                .Select(patch => schedules.UpdateAsync(User, made.Id, patch, null, CancellationToken.None)));

        var after = await schedules.GetAsync(User, made.Id, CancellationToken.None);
        (after.Name, after.TimeZone, after.LocalTime, after.MaxAttempts).ShouldBe(("Together", "Asia/Tokyo", "10:30", 9));
        after.NextRunAt.ShouldBe(after.Timetable.NextRuns(TimeProvider.System.GetUtcNow(), 1)[0].ToUniversalTime());
    }

    [Fact]
    public async Task A_kind_that_is_unknown_or_the_products_own_is_refused_and_so_is_a_payload_that_does_not_fit()
    {
        var schedules = Services(Host(null, worker: false));
        (await RefusedAsync(New(EveryDay) with { Kind = "nothing" })).ShouldBe((ErrorCode.JobKindUnknown, "kind"));
        (await RefusedAsync(New(EveryDay) with { Kind = "partitions.create" })).ShouldBe((ErrorCode.InvalidValue, "kind"));
        (await RefusedAsync(New(EveryDay) with { MaxAttempts = 0 })).ShouldBe((ErrorCode.InvalidValue, "max_attempts"));
        (await RefusedAsync(New(EveryDay with { TimeZone = "Mars/Olympus" }))).ShouldBe((ErrorCode.InvalidValue, "time_zone"));

        async Task<(ErrorCode, string?)> RefusedAsync(NewSchedule schedule)
        {
            var refused = await Should.ThrowAsync<OvermindException>(() => schedules.CreateAsync(User, schedule, CancellationToken.None));
            return (refused.Code, refused.Param);
        }
    }

    [Fact]
    public async Task A_schedule_is_its_owners_and_the_admins()
    {
        var schedules = Services(Host(null, worker: false));
        var made = await schedules.CreateAsync(User, New(EveryDay), CancellationToken.None);

        (await schedules.ListAsync(_tenants.First.Admin, PageRequest.First, CancellationToken.None)).Items.ShouldHaveSingleItem();
        foreach (var other in (Claims[])[_tenants.First.OtherUser, _tenants.Second.Admin])
        {
            (await schedules.ListAsync(other, PageRequest.First, CancellationToken.None)).Items.ShouldBeEmpty();
            (await Should.ThrowAsync<OvermindException>(() => schedules.PauseAsync(other, made.Id, CancellationToken.None))).Code.ShouldBe(ErrorCode.ScheduleNotFound);
            (await Should.ThrowAsync<OvermindException>(() => schedules.UpdateAsync(other, made.Id, new() { Name = "Theirs" }, null, CancellationToken.None)))
                .Code.ShouldBe(ErrorCode.ScheduleNotFound);
        }
    }

    [Fact]
    public async Task A_schedule_that_was_written_past_the_rules_is_due_no_more_and_holds_up_none()
    {
        var schedules = Services(Host(null, worker: false));
        var broken = await schedules.CreateAsync(User, New(EveryDay), CancellationToken.None);
        var sound = await schedules.CreateAsync(User, New(EveryDay), CancellationToken.None);
        await _database.ExecuteAsync("update schedules set time_zone = 'Mars/Olympus' where id = $1", broken.Id);
        foreach (var id in new[] { broken.Id, sound.Id }) await DueAsync(id, "clock_timestamp() - interval '1 minute'");

        await StartAsync(null);

        await Poll.UntilAsync(() => _database.ScalarAsync<bool>("select next_run_at is null from schedules where id = $1", broken.Id));
        await Poll.UntilAsync(() => _database.ScalarAsync<bool>("select count(*) = 1 from jobs where kind = 'test'"));
    }

    [Fact]
    public async Task What_the_installation_does_by_itself_is_scheduled_once_and_done()
    {
        await StartAsync(null);
        await StartAsync(null);
        await Poll.UntilAsync(() => _database.ScalarAsync<bool>("select count(*) >= 4 from schedules where organization_id is null"));
        (await _database.ScalarAsync<long>("select count(*) - count(distinct name) from schedules where organization_id is null")).ShouldBe(0);

        await _database.ExecuteAsync("update schedules set next_run_at = clock_timestamp() where name = 'partitions'");

        await Poll.UntilAsync(() => _database.ScalarAsync<bool>("select count(*) = 1 from jobs where kind = 'partitions.create' and status = 'completed'"));
    }

    Claims User => _tenants.First.User;

    static NewSchedule New(Timetable timetable) => new() { Name = "Test", Kind = "test", Payload = """{"name":"scheduled"}""", Timetable = timetable };

    Task DueAsync(Guid id, string time) => _database.ExecuteAsync($"update schedules set next_run_at = {time} where id = $1", id);

    static ScheduleService Services(IHost host) => host.Services.GetRequiredService<ScheduleService>();

    async Task<IHost> StartAsync(FakeHandler? handler)
    {
        var host = Host(handler, worker: true);
        await host.StartAsync();
        return host;
    }

    IHost Host(FakeHandler? handler, bool worker)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(_database.Database).AddSingleton(new UnpooledDataSource(_database.Direct));
        builder.Services.AddSingleton(handler ?? new FakeHandler((_, _) => Task.CompletedTask)).AddJob<FakeHandler>(new JobKindOptions { IsPublic = true });
        builder.Services.AddOvermind(options => options.RunWorker = worker);
        var host = builder.Build();
        _hosts.Add(host);
        return host;
    }
}
