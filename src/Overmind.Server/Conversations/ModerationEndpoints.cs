using Overmind.Access;
using Overmind.Conversations.Moderation;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/moderation</c>: the review of what moderation has found.</summary>
sealed class ModerationEndpoints(ModerationService moderation)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/moderation/messages", ListAsync);
        routes.Post("/v1/moderation/messages/{message_id}/approve", ApproveAsync);
        routes.Post("/v1/moderation/messages/{message_id}/block", BlockAsync);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("status");
        var status = http.Request.WordParameter<ModerationStatus>("status");
        var found = await moderation.ListAsync(caller.Claims, status, page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<ModeratedMessage>.Of(found, m => m.Id), ServerJson.Default.ListResponseModeratedMessage);
    }

    Task ApproveAsync(HttpContext http, Caller caller) => ReviewAsync(http, caller, moderation.ApproveAsync);

    Task BlockAsync(HttpContext http, Caller caller) => ReviewAsync(http, caller, moderation.BlockAsync);

    static async Task ReviewAsync(
        HttpContext http, Caller caller, Func<Postgres.Claims, Guid, string?, CancellationToken, Task<ModeratedMessage>> review)
    {
        using var body = await RequestBody.ReadAsync(http);
        var reason = body.Text("reason");
        body.End();
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, await review(caller.Claims, http.MessageId(), reason, http.RequestAborted), ServerJson.Default.ModeratedMessage);
    }
}
