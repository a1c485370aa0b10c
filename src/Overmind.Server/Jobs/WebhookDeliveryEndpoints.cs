using Overmind.Access;
using Overmind.Jobs.Webhooks;
using Overmind.Server.Http;

namespace Overmind.Server.Jobs;

/// <summary><c>/v1/webhook_deliveries</c>.</summary>
sealed class WebhookDeliveryEndpoints(WebhookService webhooks)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/webhook_deliveries", ListAsync);
        routes.Get("/v1/webhook_deliveries/{webhook_delivery_id}", GetAsync);
        routes.Post("/v1/webhook_deliveries/{webhook_delivery_id}/resend", ResendAsync);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("endpoint_id");
        var found = await webhooks.DeliveriesAsync(caller.Claims, page, http.Request.IdParameter("endpoint_id"), http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, ListResponse<WebhookDelivery>.Of(found, d => d.Id), ServerJson.Default.ListResponseWebhookDelivery);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        var found = await webhooks.DeliveryAsync(caller.Claims, http.WebhookDeliveryId(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, found, ServerJson.Default.WebhookDelivery);
    }

    async Task ResendAsync(HttpContext http, Caller caller)
    {
        var made = await webhooks.ResendAsync(caller.Claims, http.WebhookDeliveryId(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status202Accepted, made, ServerJson.Default.WebhookDelivery);
    }
}
