using Overmind.Access;
using Overmind.Errors;
using Overmind.Server.Http;
using Overmind.Usage;

namespace Overmind.Server.Usage;

/// <summary><c>/v1/usage</c>.</summary>
sealed class UsageEndpoints(RepriceService repricing)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/usage/reprice", RepriceAsync);
        routes.Get("/v1/usage/unpriced_models", UnpricedAsync);
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

    static OvermindException Missing(string name) => new(ErrorCode.MissingField, $"{name} is missing: a time as 2030-01-31T12:00:00Z.", name);
}
