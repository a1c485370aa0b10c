using System.Globalization;
using System.Text.Json;
using NodaTime;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Jobs.Schedules;

/// <summary>The SQL of schedules.</summary>
public sealed class ScheduleStore(Database database, JobKinds kinds)
{
    const string Columns = """
        id, name, user_id, project_id, cadence_config::text, cron, to_char(local_time, 'HH24:MI:SS'), time_zone, kind, payload, max_attempts,
        missed_runs, is_paused, next_run_at, last_run_at, created_at, updated_at
        """;

    const string InsertSql = $"""
        insert into schedules (
            id, name, project_id, cadence_config, cron, local_time, time_zone, kind, payload, max_attempts, missed_runs, is_paused, next_run_at)
        select $1, $2, $3, $4::jsonb, $5, $6::time, $7, $8, $9::jsonb, $10, $11, $12, $13
        where $3 is null
        or exists (
            select from projects
            where id = $3
            and (user_id = overmind.user_id() or overmind.org_role() = 'admin'))
        on conflict do nothing
        returning {Columns}
        """;

    const string UpdateSql = $"""
        update schedules
        set name = $2,
            project_id = $3,
            cadence_config = $4::jsonb,
            cron = $5,
            local_time = $6::time,
            time_zone = $7,
            kind = $8,
            payload = $9::jsonb,
            max_attempts = $10,
            missed_runs = $11,
            is_paused = $12,
            next_run_at = case when $14 then $13 else next_run_at end
        where id = $1
        and updated_at = $15
        and ($3 is null
            or $3 is not distinct from project_id
            or exists (
                select from projects
                where id = $3
                and (user_id = overmind.user_id() or overmind.org_role() = 'admin')))
        returning {Columns}
        """;

    const string PauseSql = $"""
        update schedules
        set is_paused = $2,
            next_run_at = $3
        where id = $1
        returning {Columns}
        """;

    // The owner's, whoever asks: an admin who tries a schedule does not become its author.
    const string RunSql = """
        with made as (
            insert into jobs (user_id, kind, payload, max_attempts, retry_when_lost, metadata)
            select user_id, kind, payload, max_attempts, false, jsonb_build_object('schedule_id', id)
            from schedules
            where id = $1
            returning id
        )
        select id, overmind.audit('schedule.ran', 'execute', 'schedule', $1::text, 'success', p_new_values => jsonb_build_object('job_id', id))
        from made
        """;

    /// <summary>Null when there is no such project, or one with this id is there already.</summary>
    internal Task<Schedule?> InsertAsync(Claims claims, NewSchedule schedule, DateTimeOffset? next, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(InsertSql, Values(schedule, next)), Map, cancellationToken);

    internal Task<Schedule?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, Find(id), Map, cancellationToken);

    /// <summary>
    /// Changes one that is still as it was read. The first is null when it was not changed (or the project is not the caller's), the second is what is there.
    /// </summary>
    /// <param name="isMoved">Whether <paramref name="next"/> takes the place of when it is due next.</param>
    internal async Task<(Schedule? Changed, Schedule? Found)> UpdateAsync(
        Claims claims, Schedule read, NewSchedule wanted, bool isMoved, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        var update = new Statement(UpdateSql, [.. Values(wanted, next), isMoved, read.UpdatedAt.UtcDateTime]);
        await using var results = await database.SendAsync(claims, [update, Find(read.Id)], cancellationToken);
        var changed = await results.FindAsync(Map);
        return (changed, await results.FindAsync(Map));
    }

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<Schedule>> ListAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [page.Limit + 1, Parameter.Uuid(page.Cursor)];
        var sql = $"""
            select {Columns}
            from schedules
            where ($2::uuid is null or id {(page.ReadsUpwards ? ">" : "<")} $2){CreatedRange.And(page.CreatedAt, parameters)}
            order by id {(page.ReadsUpwards ? "asc" : "desc")}
            limit $1
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), Map, cancellationToken);
    }

    /// <summary>Null when there is none that the caller may change.</summary>
    internal Task<Schedule?> PauseAsync(Claims claims, Guid id, bool paused, DateTimeOffset? next, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(PauseSql, id, paused, Parameter.Time(next)), Map, cancellationToken);

    /// <summary>Makes a job of it at once; returns its id, or null when there is no such schedule.</summary>
    internal Task<Guid?> RunAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync<Guid?>(claims, RunSql, [id], cancellationToken);

    /// <summary>Whether there was one to delete.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            claims, "delete from schedules where id = $1 and ($2::timestamptz is null or updated_at = $2)", [id, Parameter.Time(unchangedSince)], cancellationToken) > 0;

    /// <summary>Makes the installation's schedules what this version says.</summary>
    internal Task KeepAsync(IEnumerable<(InstallationSchedule Schedule, DateTimeOffset Next)> schedules, CancellationToken cancellationToken) =>
        SendAsync(
            schedules.Select(s => new Statement(
                "select overmind.keep_installation_schedule($1, $2, $3, $4)", s.Schedule.Name, s.Schedule.Cron, s.Schedule.Kind, s.Next.UtcDateTime)),
            cancellationToken);

    /// <summary>What is due, of all tenants, and how long it is until more is; null: nothing is.</summary>
    internal async Task<(IReadOnlyList<DueSchedule> Due, TimeSpan? Wait)> DueAsync(int limit, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            Claims.Service,
            [new("select * from overmind.due_schedules($1)", limit), new("select overmind.next_schedule_wait()")],
            cancellationToken);
        var due = await results.ListAsync(row => new DueSchedule(
            row.GetGuid(0),
            Timetable(row, 1),
            row.Word<MissedRuns>(5),
            Instant.FromDateTimeOffset(row.Time(6)),
            Instant.FromDateTimeOffset(row.Time(7))));
        return (due, await results.FindAsync(row => row.Value<TimeSpan>(0)));
    }

    /// <summary>Moves schedules on and makes their jobs, each once however many nodes do it.</summary>
    internal Task FireAsync(IEnumerable<(DueSchedule Schedule, Firing Firing)> firings, CancellationToken cancellationToken) =>
        SendAsync(
            firings.Select(f => new Statement(
                "select overmind.fire_schedule($1, $2, $3, $4, $5, $6)",
                f.Schedule.Id,
                f.Schedule.Due.ToDateTimeUtc(),
                Parameter.Time(f.Firing.Next?.ToDateTimeOffset()),
                f.Firing.Due.Select(due => due.ToDateTimeUtc()).ToArray(),
                f.Firing.Due.Select(due => WallTime(due, f.Schedule.Timetable)).ToArray(),
                kinds.CallingModels)),
            cancellationToken);

    static Statement Find(Guid id) => new($"select {Columns} from schedules where id = $1", id);

    static object?[] Values(NewSchedule schedule, DateTimeOffset? next) =>
    [
        schedule.Id,
        schedule.Name,
        Parameter.Uuid(schedule.ProjectId),
        Parameter.Text(Write(schedule.Timetable.Cadence)),
        Parameter.Text(schedule.Timetable.Cron),
        schedule.Timetable.LocalTime,
        schedule.Timetable.TimeZone,
        schedule.Kind,
        schedule.Payload,
        schedule.MaxAttempts,
        LowerSnake.Write(schedule.MissedRuns),
        schedule.IsPaused,
        Parameter.Time(next),
    ];

    async Task SendAsync(IEnumerable<Statement> statements, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(Claims.Service, [.. statements], cancellationToken);
    }

    static string WallTime(Instant due, Timetable timetable) =>
        due.InZone(timetable.Zone ?? DateTimeZone.Utc).ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    static string? Write(Cadence? cadence) => cadence is null
        ? null
        : $$"""{"mode": "{{LowerSnake.Write(cadence.Mode)}}", "days": [{{string.Join(", ", cadence.FiringDays)}}]}""";

    static Timetable Timetable(NpgsqlDataReader row, int first) => new()
    {
        Cadence = row.Text(first) is { } json ? ReadCadence(JsonElement.Parse(json)) : null,
        Cron = row.Text(first + 1),
        LocalTime = row.GetString(first + 2) is var time && time.EndsWith(":00", StringComparison.Ordinal) ? time[..5] : time,
        TimeZone = row.GetString(first + 3),
    };

    static Cadence ReadCadence(JsonElement json) => new(
        LowerSnake.Read<CadenceMode>(json.GetProperty("mode").GetString()!)!.Value,
        [.. json.GetProperty("days").EnumerateArray().Select(day => day.GetInt32())]);

    static Schedule Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Name = row.GetString(1),
        UserId = row.GetGuid(2),
        ProjectId = row.Value<Guid>(3),
        Timetable = Timetable(row, 4),
        Kind = row.GetString(8),
        Payload = row.Json(9),
        MaxAttempts = row.GetInt32(10),
        MissedRuns = row.Word<MissedRuns>(11),
        IsPaused = row.GetBoolean(12),
        NextRunAt = row.IsDBNull(13) ? null : row.Time(13),
        LastRunAt = row.IsDBNull(14) ? null : row.Time(14),
        CreatedAt = row.Time(15),
        UpdatedAt = row.Time(16),
    };
}
