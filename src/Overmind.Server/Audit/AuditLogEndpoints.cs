using System.Text.Json;
using Overmind.Access;
using Overmind.Audit;
using Overmind.Server.Http;

namespace Overmind.Server.Audit;

/// <summary><c>/v1/audit_logs</c>: what was done and tried in the organization, for its admins.</summary>
sealed class AuditLogEndpoints(AuditLogService log)
{
    static readonly string[] FilterNames = ["user_id", "api_key_id", "event_type", "action", "resource_type", "resource_id", "status"];

    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/audit_logs", ListAsync);
        routes.Get("/v1/audit_logs/export", ExportAsync);
        routes.Get("/v1/audit_logs/{audit_log_id}", GetAsync);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page(FilterNames);
        var found = await log.ListAsync(caller.Claims, Filter(http.Request), page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<AuditLog>.Of(found, l => l.Id), ServerJson.Default.ListResponseAuditLog);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, await log.GetAsync(caller.Claims, http.AuditLogId(), http.RequestAborted), ServerJson.Default.AuditLog);
    }

    /// <summary>A line of JSON an act, as they are read. A failure on the way breaks the connection off, so that nobody takes a part for the whole.</summary>
    async Task ExportAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly([.. CreatedParameters.Names, .. FilterNames]);
        var logs = log.ExportAsync(caller.Claims, Filter(http.Request), http.Request.CreatedAt(), http.RequestAborted);
        await using var reader = logs.GetAsyncEnumerator(http.RequestAborted);
        // The first is read before the headers are sent: whoever may not read gets a clean refusal.
        var more = await reader.MoveNextAsync();
        http.Response.ContentType = "application/jsonl";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"audit_logs.jsonl\"";
        for (; more; more = await reader.MoveNextAsync())
        {
            await JsonSerializer.SerializeAsync(http.Response.BodyWriter, reader.Current, ServerJson.Default.AuditLog, http.RequestAborted);
            await http.Response.BodyWriter.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
        }
    }

    static AuditLogFilter Filter(HttpRequest request) => new()
    {
        UserId = request.IdParameter("user_id"),
        ApiKeyId = request.IdParameter("api_key_id"),
        EventType = request.TextParameter("event_type"),
        Action = request.WordParameter<AuditAction>("action"),
        ResourceType = request.TextParameter("resource_type"),
        ResourceId = request.TextParameter("resource_id"),
        Status = request.WordParameter<AuditStatus>("status"),
    };
}
