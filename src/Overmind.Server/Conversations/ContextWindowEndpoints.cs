using Overmind.Access;
using Overmind.Conversations;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary>What of a conversation a model is given: <c>/context</c>, <c>/prune</c>, and the pins of messages.</summary>
sealed class ContextWindowEndpoints(ContextWindowService windows)
{
    const int ListedMessages = 100;

    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/conversations/{conversation_id}/context", GetAsync);
        routes.Post("/v1/conversations/{conversation_id}/prune", PruneAsync);
        routes.Post("/v1/conversations/{conversation_id}/messages/{message_id}/pin", (http, caller) => PinAsync(http, caller, pinned: true));
        routes.Post("/v1/conversations/{conversation_id}/messages/{message_id}/unpin", (http, caller) => PinAsync(http, caller, pinned: false));
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("branch", "limit");
        var window = await windows.GetAsync(
            caller.Claims, http.ConversationId(), http.Request.IntegerParameter("branch"), http.Request.IntegerParameter("limit") ?? ListedMessages,
            http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, window, ServerJson.Default.ContextWindow);
    }

    async Task PruneAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var target = body.Integer("target_tokens");
        body.End();
        var pruned = await windows.PruneAsync(caller.Claims, http.ConversationId(), target, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, pruned, ServerJson.Default.PrunedWindow);
    }

    async Task PinAsync(HttpContext http, Caller caller, bool pinned)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        var message = await windows.PinAsync(caller.Claims, http.ConversationId(), http.MessageId(), pinned, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, message, message.UpdatedAt, ConversationJson.Write);
    }
}
