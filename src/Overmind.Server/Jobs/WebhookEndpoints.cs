using Overmind.Access;
using Overmind.Jobs.Webhooks;
using Overmind.Server.Http;

namespace Overmind.Server.Jobs;

/// <summary><c>/v1/webhook_endpoints</c>.</summary>
sealed class WebhookEndpoints(WebhookService webhooks)
{
    public void Map(ApiRoutes routes)
    {
        routes.PostSecret("/v1/webhook_endpoints", CreateAsync);
        routes.Get("/v1/webhook_endpoints", ListAsync);
        routes.Get("/v1/webhook_endpoints/{webhook_endpoint_id}", GetAsync);
        routes.Patch("/v1/webhook_endpoints/{webhook_endpoint_id}", UpdateAsync);
        routes.Delete("/v1/webhook_endpoints/{webhook_endpoint_id}", DeleteAsync);
        routes.PostSecret("/v1/webhook_endpoints/{webhook_endpoint_id}/rotate", RotateAsync);
        routes.Post("/v1/webhook_endpoints/{webhook_endpoint_id}/enable", EnableAsync);
        routes.Post("/v1/webhook_endpoints/{webhook_endpoint_id}/test", TestAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var endpoint = new NewWebhookEndpoint
        {
            Id = http.NewResourceId(),
            Url = body.RequiredText("url"),
            Description = body.Text("description"),
            EventTypes = body.Texts("event_types") ?? [],
        };
        body.End();
        var (created, secret) = await webhooks.CreateAsync(caller.Claims, endpoint, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/webhook_endpoints/{created.Id}";
        await WriteAsync(http, StatusCodes.Status201Created, created, secret);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var found = await webhooks.ListAsync(caller.Claims, http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, ListResponse<WebhookEndpoint>.Of(found, e => e.Id), ServerJson.Default.ListResponseWebhookEndpoint);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, await webhooks.GetAsync(caller.Claims, http.WebhookEndpointId(), http.RequestAborted));
    }

    async Task UpdateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new WebhookEndpointPatch
        {
            Url = body.Text("url"),
            Description = body.Change("description", body.Text),
            EventTypes = body.Texts("event_types"),
        };
        body.End();
        var unchangedSince = EntityTag.Required(http.Request);
        await WriteAsync(http, await webhooks.UpdateAsync(caller.Claims, http.WebhookEndpointId(), patch, unchangedSince, http.RequestAborted));
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var id = http.WebhookEndpointId();
        await webhooks.DeleteAsync(caller.Claims, id, EntityTag.Required(http.Request), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "webhook_endpoint.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task RotateAsync(HttpContext http, Caller caller)
    {
        var (rotated, secret) = await webhooks.RotateAsync(caller.Claims, http.WebhookEndpointId(), http.RequestAborted);
        await WriteAsync(http, StatusCodes.Status200OK, rotated, secret);
    }

    async Task EnableAsync(HttpContext http, Caller caller) =>
        await WriteAsync(http, await webhooks.EnableAsync(caller.Claims, http.WebhookEndpointId(), http.RequestAborted));

    async Task TestAsync(HttpContext http, Caller caller)
    {
        var delivery = await webhooks.TestAsync(caller.Claims, http.WebhookEndpointId(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status202Accepted, delivery, ServerJson.Default.WebhookDelivery);
    }

    static Task WriteAsync(HttpContext http, int status, WebhookEndpoint endpoint, string secret) =>
        http.WriteJsonAsync(status, new WebhookEndpointWithSecret(endpoint, secret), endpoint.UpdatedAt, ServerJson.Default.WebhookEndpointWithSecret);

    static Task WriteAsync(HttpContext http, WebhookEndpoint endpoint) =>
        http.WriteJsonAsync(StatusCodes.Status200OK, endpoint, endpoint.UpdatedAt, ServerJson.Default.WebhookEndpoint);
}
