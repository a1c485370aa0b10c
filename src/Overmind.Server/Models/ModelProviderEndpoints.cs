using Overmind.Access;
using Overmind.Models;
using Overmind.Server.Http;
using Overmind.Usage;

namespace Overmind.Server.Models;

/// <summary><c>/v1/model_providers</c> and <c>/v1/models</c>. API keys come in and never go out; what brings one is stored in no other place.</summary>
sealed class ModelProviderEndpoints(ModelProviderService providers, PriceService prices)
{
    public void Map(ApiRoutes routes)
    {
        routes.PostSecret("/v1/model_providers", AddAsync);
        routes.Get("/v1/model_providers", ListAsync);
        routes.Get("/v1/model_providers/{model_provider_id}", GetAsync);
        routes.Patch("/v1/model_providers/{model_provider_id}", ChangeAsync);
        routes.Delete("/v1/model_providers/{model_provider_id}", RemoveAsync);
        routes.Post("/v1/model_providers/{model_provider_id}/test", TestAsync, ApiKeyScope.ModelsRun);
        routes.Get("/v1/models", ListModelsAsync, ApiKeyScope.ModelsRead);
    }

    async Task AddAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var provider = new NewModelProvider
        {
            Key = body.Text("key"),
            Kind = body.RequiredWord<ModelProviderKind>("kind"),
            BaseUrl = body.Text("base_url"),
            Secret = body.Text("secret"),
            Settings = Settings(body) ?? new(),
            IsActive = body.Boolean("is_active") ?? true,
        };
        body.End();
        var added = await providers.AddAsync(caller.Claims, provider, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/model_providers/{added.Id}";
        await WriteAsync(http, StatusCodes.Status201Created, added);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly(CreatedParameters.Names);
        var all = await providers.ListAsync(caller.Claims, http.Request.CreatedAt(), http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, ListResponse<ModelProvider>.Of(new(all, HasMore: false), p => p.Id), ServerJson.Default.ListResponseModelProvider);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, StatusCodes.Status200OK, await providers.GetAsync(caller.Claims, http.ModelProviderId(), http.RequestAborted));
    }

    async Task ChangeAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new ModelProviderPatch
        {
            Key = body.Text("key"),
            BaseUrl = body.Text("base_url"),
            Secret = body.Change("secret", body.Text),
            Settings = Settings(body),
            IsActive = body.Boolean("is_active"),
        };
        body.End();
        var unchangedSince = EntityTag.Required(http.Request);
        var changed = await providers.ChangeAsync(caller.Claims, http.ModelProviderId(), patch, unchangedSince, http.RequestAborted);
        await WriteAsync(http, StatusCodes.Status200OK, changed);
    }

    async Task RemoveAsync(HttpContext http, Caller caller)
    {
        var id = http.ModelProviderId();
        await providers.RemoveAsync(caller.Claims, id, EntityTag.Required(http.Request), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "model_provider.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task TestAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var model = body.Text("model");
        body.End();
        var test = await providers.TestAsync(caller.Claims, http.ModelProviderId(), model, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, test, ServerJson.Default.ModelProviderTest);
    }

    async Task ListModelsAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("provider");
        var models = await providers.ModelsAsync(caller.Claims, http.Request.TextParameter("provider"), http.RequestAborted);
        var priced = await prices.PricedAsync(caller.Claims, models, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ModelListResponse.Of(priced), ServerJson.Default.ModelListResponse);
    }

    static ModelProviderSettings? Settings(JsonMembers body)
    {
        using var given = body.Object("settings");
        if (given is null) return null;
        var settings = new ModelProviderSettings
        {
            ConnectTimeout = given.Number("connect_timeout"),
            FirstTokenTimeout = given.Number("first_token_timeout"),
            BetweenTokensTimeout = given.Number("between_tokens_timeout"),
            CallTimeout = given.Number("call_timeout"),
            MaxRetries = given.Integer("max_retries"),
        };
        given.End();
        return settings;
    }

    static Task WriteAsync(HttpContext http, int status, ModelProvider provider) =>
        http.WriteJsonAsync(status, provider, provider.UpdatedAt, ServerJson.Default.ModelProvider);
}
