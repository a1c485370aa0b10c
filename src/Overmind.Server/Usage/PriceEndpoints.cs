using Overmind.Access;
using Overmind.Models;
using Overmind.Server.Http;
using Overmind.Usage;

namespace Overmind.Server.Usage;

/// <summary><c>/v1/prices</c>.</summary>
sealed class PriceEndpoints(PriceService prices)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/prices", SetAsync);
        routes.Get("/v1/prices", ListAsync);
        routes.Get("/v1/prices/{price_id}", GetAsync);
        routes.Patch("/v1/prices/{price_id}", ChangeAsync);
        routes.Delete("/v1/prices/{price_id}", UnsetAsync);
    }

    async Task SetAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var price = new NewPrice
        {
            Id = http.NewResourceId(),
            Provider = body.RequiredText("provider"),
            Model = body.RequiredText("model"),
            ContextAbove = body.Integer("context_above") ?? 0,
            ServiceTier = body.Text("service_tier"),
            Hours = Hours(body),
            ValidFrom = body.Time("valid_from"),
            ValidTo = body.Time("valid_to"),
            PerMillion = PerMillion(body) ?? new(),
            PerCall = PerCall(body) ?? new(),
            Note = body.Text("note"),
            EndsPrevious = body.Flag("ends_previous") ?? false,
        };
        body.End();
        var made = await prices.SetAsync(caller.Claims, price, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/prices/{made.Id}";
        await WriteAsync(http, StatusCodes.Status201Created, made);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("source", "provider", "model");
        var filter = new PriceFilter
        {
            Source = http.Request.WordParameter<PriceSource>("source"),
            Provider = http.Request.TextParameter("provider"),
            Model = http.Request.TextParameter("model"),
        };
        var found = await prices.ListAsync(caller.Claims, filter, page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Price>.Of(found, p => p.Id), ServerJson.Default.ListResponsePrice);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, StatusCodes.Status200OK, await prices.GetAsync(caller.Claims, http.PriceId(), http.RequestAborted));
    }

    async Task ChangeAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new PricePatch
        {
            PerMillion = PerMillion(body),
            PerCall = PerCall(body),
            ValidFrom = body.Change("valid_from", body.Time),
            ValidTo = body.Change("valid_to", body.Time),
            Note = body.Change("note", body.Text),
        };
        body.End();
        var changed = await prices.ChangeAsync(caller.Claims, http.PriceId(), patch, EntityTag.Required(http.Request), http.RequestAborted);
        await WriteAsync(http, StatusCodes.Status200OK, changed);
    }

    async Task UnsetAsync(HttpContext http, Caller caller)
    {
        var id = http.PriceId();
        await prices.UnsetAsync(caller.Claims, id, EntityTag.Required(http.Request), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "price.deleted"), ServerJson.Default.DeletedResponse);
    }

    static PriceHours? Hours(JsonMembers body)
    {
        using var given = body.Object("hours");
        if (given is null) return null;
        var hours = new PriceHours(given.RequiredText("from"), given.RequiredText("to"));
        given.End();
        return hours;
    }

    static PricePerMillion? PerMillion(JsonMembers body)
    {
        using var given = body.Object("per_million");
        if (given is null) return null;
        var prices = new PricePerMillion
        {
            Input = given.Amount("input"),
            Output = given.Amount("output"),
            CacheRead = given.Amount("cache_read"),
            CacheWrite = given.Amount("cache_write"),
            CacheWrite1h = given.Amount("cache_write_1h"),
            Reasoning = given.Amount("reasoning"),
            AudioInput = given.Amount("audio_input"),
            AudioOutput = given.Amount("audio_output"),
            ImageInput = given.Amount("image_input"),
            ImageOutput = given.Amount("image_output"),
        };
        given.End();
        return prices;
    }

    static PricePerCall? PerCall(JsonMembers body)
    {
        using var given = body.Object("per_call");
        if (given is null) return null;
        var prices = new PricePerCall { Request = given.Amount("request"), WebSearch = given.Amount("web_search") };
        given.End();
        return prices;
    }

    // The catalogue's are changed by nobody, and have no version.
    static Task WriteAsync(HttpContext http, int status, Price price) => price.UpdatedAt is { } updatedAt
        ? http.WriteJsonAsync(status, price, updatedAt, ServerJson.Default.Price)
        : http.WriteJsonAsync(status, price, ServerJson.Default.Price);
}
