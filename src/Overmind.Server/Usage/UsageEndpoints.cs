using Overmind.Access;
using Overmind.Errors;
using Overmind.Server.Http;
using Overmind.Usage;

namespace Overmind.Server.Usage;

/// <summary><c>/v1/usage</c>: what was used, in spans of time, and correcting what it cost.</summary>
sealed class UsageEndpoints(UsageService usage, RepriceService repricing)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/usage", ReportAsync);
        routes.Post("/v1/usage/reprice", RepriceAsync);
        routes.Get("/v1/usage/unpriced_models", UnpricedAsync);
        routes.Get("/v1/usage/over_limit", OverLimitAsync);
    }

    async Task ReportAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("bucket_width", "group_by", "user_id", "since", "until");
        var query = new UsageQuery
        {
            BucketWidth = http.Request.WordParameter<UsageBucketWidth>("bucket_width") ?? UsageBucketWidth.Day,
            GroupBy = http.Request.WordParameter<UsageGrouping>("group_by"),
            UserId = http.Request.IdParameter("user_id"),
            Since = http.Request.TimeParameter("since"),
            Until = http.Request.TimeParameter("until"),
        };
        await http.WriteJsonAsync(StatusCodes.Status200OK, await usage.ReportAsync(caller.Claims, query, http.RequestAborted), ServerJson.Default.UsageReport);
    }

    async Task RepriceAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var request = new RepriceRequest
        {
            From = body.Time("from") ?? throw Missing("from"),
            To = body.Time("to") ?? throw Missing("to"),
            Provider = body.Text("provider"),
            Model = body.Text("model"),
            Apply = body.Flag("apply") ?? false,
        };
        body.End();
        await http.WriteJsonAsync(StatusCodes.Status200OK, await repricing.RepriceAsync(caller.Claims, request, http.RequestAborted), ServerJson.Default.Repricing);
    }

    async Task UnpricedAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        var models = await repricing.UnpricedAsync(caller.Claims, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new UnpricedModelsResponse(models), ServerJson.Default.UnpricedModelsResponse);
    }

    async Task OverLimitAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        var members = await usage.OverLimitAsync(caller.Claims, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new OverLimitResponse(members), ServerJson.Default.OverLimitResponse);
    }

    static OvermindException Missing(string name) => new(ErrorCode.MissingField, $"{name} is missing: a time as 2030-01-31T12:00:00Z.", name);
}
