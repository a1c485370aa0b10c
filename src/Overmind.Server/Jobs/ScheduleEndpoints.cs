using Overmind.Access;
using Overmind.Errors;
using Overmind.Jobs.Schedules;
using Overmind.Server.Http;

namespace Overmind.Server.Jobs;

/// <summary><c>/v1/schedules</c>.</summary>
sealed class ScheduleEndpoints(ScheduleService schedules)
{
    const int DefaultNextRuns = 10;

    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/schedules", CreateAsync, ApiKeyScope.SchedulesRun);
        routes.Get("/v1/schedules", ListAsync);
        routes.Get("/v1/schedules/{schedule_id}", GetAsync);
        routes.Patch("/v1/schedules/{schedule_id}", UpdateAsync, ApiKeyScope.SchedulesRun);
        routes.Delete("/v1/schedules/{schedule_id}", DeleteAsync);
        routes.Get("/v1/schedules/{schedule_id}/next_runs", NextRunsAsync);
        routes.Post("/v1/schedules/{schedule_id}/pause", PauseAsync);
        routes.Post("/v1/schedules/{schedule_id}/resume", ResumeAsync, ApiKeyScope.SchedulesRun);
        routes.Post("/v1/schedules/{schedule_id}/run", RunAsync, ApiKeyScope.SchedulesRun);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var timetable = new Timetable();
        var schedule = new NewSchedule
        {
            Id = http.NewResourceId(),
            Name = body.RequiredText("name"),
            ProjectId = body.Id("project_id"),
            Timetable = timetable with
            {
                Cadence = ReadCadence(body),
                Cron = body.Text("cron"),
                LocalTime = body.Text("local_time") ?? timetable.LocalTime,
                TimeZone = body.Text("time_zone") ?? timetable.TimeZone,
            },
            Kind = body.RequiredText("kind"),
            Payload = body.Json("payload")?.GetRawText() ?? "{}",
            MaxAttempts = body.Integer("max_attempts") ?? 3,
            MissedRuns = body.Word<MissedRuns>("missed_runs") ?? MissedRuns.RunOnce,
            IsPaused = body.Flag("is_paused") ?? false,
        };
        body.End();
        var created = await schedules.CreateAsync(caller.Claims, schedule, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/schedules/{created.Id}";
        await WriteAsync(http, created, StatusCodes.Status201Created);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var found = await schedules.ListAsync(caller.Claims, http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Schedule>.Of(found, s => s.Id), ServerJson.Default.ListResponseSchedule);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, await schedules.GetAsync(caller.Claims, http.ScheduleId(), http.RequestAborted));
    }

    async Task UpdateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new SchedulePatch
        {
            Name = body.Text("name"),
            ProjectId = body.Change("project_id", body.Id),
            Cadence = body.Change("cadence_config", _ => ReadCadence(body)),
            Cron = body.Change("cron", body.Text),
            LocalTime = body.Text("local_time"),
            TimeZone = body.Text("time_zone"),
            Kind = body.Text("kind"),
            Payload = body.Json("payload")?.GetRawText(),
            MaxAttempts = body.Integer("max_attempts"),
            MissedRuns = body.Word<MissedRuns>("missed_runs"),
            IsPaused = body.Flag("is_paused"),
        };
        body.End();
        var unchangedSince = EntityTag.Required(http.Request);
        await WriteAsync(http, await schedules.UpdateAsync(caller.Claims, http.ScheduleId(), patch, unchangedSince, http.RequestAborted));
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var id = http.ScheduleId();
        await schedules.DeleteAsync(caller.Claims, id, EntityTag.Required(http.Request), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "schedule.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task NextRunsAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("limit", "from");
        var limit = http.Request.IntegerParameter("limit") ?? DefaultNextRuns;
        var runs = await schedules.NextRunsAsync(caller.Claims, http.ScheduleId(), http.Request.TimeParameter("from"), limit, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new NextRuns(runs), ServerJson.Default.NextRuns);
    }

    async Task PauseAsync(HttpContext http, Caller caller) =>
        await WriteAsync(http, await schedules.PauseAsync(caller.Claims, http.ScheduleId(), http.RequestAborted));

    async Task ResumeAsync(HttpContext http, Caller caller) =>
        await WriteAsync(http, await schedules.ResumeAsync(caller.Claims, http.ScheduleId(), http.RequestAborted));

    async Task RunAsync(HttpContext http, Caller caller)
    {
        var id = http.ScheduleId();
        var job = await schedules.RunAsync(caller.Claims, id, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status202Accepted, new ScheduleRun(id, job), ServerJson.Default.ScheduleRun);
    }

    static Cadence? ReadCadence(JsonMembers body)
    {
        using var config = body.Object("cadence_config");
        if (config is null) return null;
        var mode = config.Word<CadenceMode>("mode")
            ?? throw new OvermindException(ErrorCode.MissingField, "cadence_config.mode is missing.", "cadence_config.mode");
        var cadence = new Cadence(mode, config.Integers("days") ?? []);
        config.End();
        return cadence;
    }

    static Task WriteAsync(HttpContext http, Schedule schedule, int status = StatusCodes.Status200OK) =>
        http.WriteJsonAsync(status, schedule, schedule.UpdatedAt, ServerJson.Default.Schedule);
}
