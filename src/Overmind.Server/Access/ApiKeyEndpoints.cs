using Overmind.Access;
using Overmind.Server.Http;

namespace Overmind.Server.Access;

/// <summary><c>/v1/api_keys</c> and <c>/v1/me</c>.</summary>
sealed class ApiKeyEndpoints(ApiKeyService keys)
{
    // A program replaces or ends its own key with whatever scopes that has.
    static readonly RequiredScope UnlessItself = new(ApiKeyScope.ApiKeysAdmin, IsAskedLater: true);

    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/me", MeAsync, RequiredScope.Any);
        routes.PostSecret("/v1/api_keys", CreateAsync);
        routes.Get("/v1/api_keys", ListAsync);
        routes.PostSecret("/v1/api_keys/{api_key_id}/rotate", RotateAsync, UnlessItself);
        routes.Delete("/v1/api_keys/{api_key_id}", RevokeAsync, UnlessItself);
    }

    static Task MeAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        return http.WriteJsonAsync(StatusCodes.Status200OK, Me.Of(caller), ServerJson.Default.Me);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var key = new NewApiKey
        {
            Name = body.RequiredText("name"),
            Scopes = body.Words<ApiKeyScope>("scopes") ?? [ApiKeyScope.Read],
            ExpiresAt = body.Time("expires_at"),
        };
        body.End();
        var (created, token) = await keys.CreateAsync(caller, key, http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status201Created, new ApiKeyWithToken(created, token.Text), ServerJson.Default.ApiKeyWithToken);
    }

    async Task RotateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var grace = body.Integer("grace_period_seconds");
        body.End();
        var (made, token) = await keys.RotateAsync(
            caller, http.ApiKeyId(), grace is { } seconds ? TimeSpan.FromSeconds(seconds) : ApiKeyService.DefaultGrace, http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status201Created, new ApiKeyWithToken(made, token.Text), ServerJson.Default.ApiKeyWithToken);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var found = await keys.ListAsync(caller.Claims, http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<ApiKey>.Of(found, k => k.Id), ServerJson.Default.ListResponseApiKey);
    }

    async Task RevokeAsync(HttpContext http, Caller caller)
    {
        var revoked = await keys.RevokeAsync(caller, http.ApiKeyId(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, revoked, ServerJson.Default.ApiKey);
    }
}
