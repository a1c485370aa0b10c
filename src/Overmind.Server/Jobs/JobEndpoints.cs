using System.Text.Json.Nodes;
using Overmind.Access;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Server.Http;

namespace Overmind.Server.Jobs;

/// <summary><c>/v1/jobs</c> and <c>/v1/workers</c>.</summary>
sealed class JobEndpoints(JobService jobs)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/jobs", EnqueueAsync, ApiKeyScope.JobsRun);
        routes.Get("/v1/jobs", ListAsync);
        routes.Get("/v1/jobs/stats", StatsAsync);
        routes.Post("/v1/jobs/cancel", (http, caller) => ChangeAllAsync(http, caller, jobs.CancelAllAsync));
        routes.Post("/v1/jobs/retry", (http, caller) => ChangeAllAsync(http, caller, jobs.RetryAllAsync), ApiKeyScope.JobsRun);
        routes.Get("/v1/jobs/{job_id}", GetAsync);
        routes.Post("/v1/jobs/{job_id}/cancel", (http, caller) => ChangeAsync(http, caller, jobs.CancelAsync));
        routes.Post("/v1/jobs/{job_id}/retry", (http, caller) => ChangeAsync(http, caller, jobs.RetryAsync), ApiKeyScope.JobsRun);
        routes.Get("/v1/workers", WorkersAsync, ApiKeyScope.JobsAdmin);
    }

    async Task EnqueueAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        using var retry = body.Object("retry_config");
        var job = new NewJob
        {
            Id = http.NewResourceId(),
            Kind = body.RequiredText("kind"),
            Payload = JsonText(body, "payload") ?? new JsonObject(),
            Priority = body.Integer("priority") ?? 100,
            RunAt = body.Time("run_at"),
            UniqueKey = body.Text("unique_key"),
            UniqueFor = body.Integer("unique_for_seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            MaxAttempts = body.Integer("max_attempts"),
            Retry = retry is null ? null : new JobRetry
            {
                Strategy = retry.Word<JobRetryStrategy>("strategy") ?? JobRetryStrategy.Exponential,
                BaseDelayMs = retry.Integer("base_delay_ms") ?? 1000,
                MaxDelayMs = retry.Integer("max_delay_ms") ?? 300_000,
                Jitter = retry.Number("jitter") ?? 0.2,
            },
            BatchId = body.Id("batch_id"),
            Metadata = JsonText(body, "metadata"),
        };
        retry?.End();
        body.End();
        var made = await jobs.EnqueueFromOutsideAsync(caller.Claims, job, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/jobs/{made.Id}";
        await http.WriteJsonAsync(StatusCodes.Status201Created, made, ServerJson.Default.JobItem);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("kind", "status", "batch_id", "unique_key", "text");
        var filter = new JobFilter
        {
            Kind = http.Request.TextParameter("kind"),
            Status = http.Request.WordParameter<JobStatus>("status"),
            BatchId = http.Request.IdParameter("batch_id"),
            UniqueKey = http.Request.TextParameter("unique_key"),
            Text = http.Request.TextParameter("text"),
        };
        var found = await jobs.ListAsync(caller.Claims, filter, page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<JobItem>.Of(found, j => j.Id), ServerJson.Default.ListResponseJobItem);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, await jobs.GetAsync(caller.Claims, http.JobId(), http.RequestAborted), ServerJson.Default.JobItem);
    }

    async Task StatsAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("since");
        var stats = await jobs.StatsAsync(caller.Claims, http.Request.TimeParameter("since"), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, stats, ServerJson.Default.JobStats);
    }

    async Task WorkersAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        var workers = await jobs.WorkersAsync(caller.Claims, http.RequestAborted);
        var list = new ListResponse<WorkerItem> { Data = workers, HasMore = false };
        await http.WriteJsonAsync(StatusCodes.Status200OK, list, ServerJson.Default.ListResponseWorkerItem);
    }

    static async Task ChangeAsync(
        HttpContext http, Caller caller, Func<Postgres.Claims, Guid, CancellationToken, Task<JobItem>> change)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await http.WriteJsonAsync(StatusCodes.Status200OK, await change(caller.Claims, http.JobId(), http.RequestAborted), ServerJson.Default.JobItem);
    }

    static async Task ChangeAllAsync(
        HttpContext http, Caller caller, Func<Postgres.Claims, JobFilter, CancellationToken, Task<BulkChange>> change)
    {
        using var body = await RequestBody.ReadAsync(http);
        var filter = new JobFilter
        {
            Kind = body.Text("kind"),
            Status = body.Word<JobStatus>("status"),
            BatchId = body.Id("batch_id"),
            UniqueKey = body.Text("unique_key"),
            Text = body.Text("text"),
        };
        body.End();
        if (filter == new JobFilter())
            throw new OvermindException(ErrorCode.MissingField, "Say which jobs: give kind, status, batch_id, unique_key or text.", "kind");
        await http.WriteJsonAsync(StatusCodes.Status200OK, await change(caller.Claims, filter, http.RequestAborted), ServerJson.Default.BulkChange);
    }

    static JsonObject? JsonText(JsonMembers body, string name) =>
        body.Json(name) is { } json ? JsonObject.Create(json) : null;
}
