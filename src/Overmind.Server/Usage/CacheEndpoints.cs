using Overmind.Access;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Server.Agents;
using Overmind.Server.Http;
using Overmind.Usage;
using Overmind.Usage.Cache;

namespace Overmind.Server.Usage;

/// <summary><c>/v1/cache</c>: the answers that may be given again, and what they saved.</summary>
sealed class CacheEndpoints(CacheService cache)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/cache/entries", ListAsync);
        routes.Get("/v1/cache/entries/{cache_entry_id}", GetAsync);
        routes.Delete("/v1/cache/entries/{cache_entry_id}", DeleteAsync);
        routes.Post("/v1/cache/invalidate", InvalidateAsync);
        routes.Get("/v1/cache/savings", SavingsAsync);
        routes.Post("/v1/cache/hits/{cache_hit_id}/report", ReportAsync);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("model", "tag");
        var filter = new CacheFilter { Model = ModelOf(http.Request.TextParameter("model")), Tag = http.Request.TextParameter("tag") };
        var found = await cache.ListAsync(caller.Claims, filter, page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<CacheEntry>.Of(found, e => e.Id), ServerJson.Default.ListResponseCacheEntry);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await http.WriteJsonAsync(StatusCodes.Status200OK, await cache.GetAsync(caller.Claims, http.CacheEntryId(), http.RequestAborted), ServerJson.Default.CacheEntry);
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var id = http.CacheEntryId();
        await cache.DeleteAsync(caller.Claims, id, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "cache.entry.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task InvalidateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var which = new CacheInvalidation { Tag = body.Text("tag"), Model = body.Model("model"), All = body.Flag("all") ?? false };
        body.End();
        var count = await cache.InvalidateAsync(caller.Claims, which, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new InvalidatedResponse(count), ServerJson.Default.InvalidatedResponse);
    }

    async Task SavingsAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("bucket_width", "since", "until");
        var savings = await cache.SavingsAsync(
            caller.Claims, http.Request.WordParameter<UsageBucketWidth>("bucket_width") ?? UsageBucketWidth.Day, http.Request.TimeParameter("since"),
            http.Request.TimeParameter("until"), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, savings, ServerJson.Default.CacheSavings);
    }

    async Task ReportAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await http.WriteJsonAsync(StatusCodes.Status200OK, await cache.ReportWrongAsync(caller.Claims, http.CacheHitId(), http.RequestAborted), ServerJson.Default.CacheHit);
    }

    static ModelReference? ModelOf(string? model) => model is null
        ? null
        : ModelReference.Parse(model) ?? throw new OvermindException(ErrorCode.InvalidParameter, "model is provider/model, as openai/gpt-4-turbo.", "model");
}
