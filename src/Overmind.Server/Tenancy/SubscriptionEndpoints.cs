using Overmind.Access;
using Overmind.Server.Http;
using Overmind.Tenancy;

namespace Overmind.Server.Tenancy;

/// <summary><c>/v1/tiers</c> and <c>/v1/subscription</c>, that of the person whose key it is.</summary>
sealed class SubscriptionEndpoints(SubscriptionService subscriptions)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/tiers", ListTiersAsync);
        routes.Get("/v1/subscription", GetAsync);
        routes.Put("/v1/subscription", PutAsync);
    }

    async Task ListTiersAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        var page = new Page<SubscriptionTier>(await subscriptions.TiersAsync(caller.Claims, http.RequestAborted), HasMore: false);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<SubscriptionTier>.Of(page, t => t.Id), ServerJson.Default.ListResponseSubscriptionTier);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, await subscriptions.GetAsync(caller.Claims, caller.Claims.UserId!.Value, http.RequestAborted));
    }

    async Task PutAsync(HttpContext http, Caller caller)
    {
        var tier = await ReadTierAsync(http);
        await WriteAsync(http, await subscriptions.ChangeAsync(caller.Claims, caller.Claims.UserId!.Value, tier, http.RequestAborted));
    }

    internal static async Task<string> ReadTierAsync(HttpContext http)
    {
        using var body = await RequestBody.ReadAsync(http);
        var tier = body.RequiredText("tier");
        body.End();
        return tier;
    }

    internal static Task WriteAsync(HttpContext http, Subscription subscription) =>
        http.WriteJsonAsync(StatusCodes.Status200OK, subscription, ServerJson.Default.Subscription);
}
