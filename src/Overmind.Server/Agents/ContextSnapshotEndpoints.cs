using Overmind.Access;
using Overmind.Agents;
using Overmind.Server.Http;

namespace Overmind.Server.Agents;

/// <summary><c>/v1/conversations/{conversation_id}/messages/{message_id}/context</c>: what the models of an answer were given.</summary>
sealed class ContextSnapshotEndpoints(ContextSnapshotService snapshots)
{
    public void Map(ApiRoutes routes) => routes.Get("/v1/conversations/{conversation_id}/messages/{message_id}/context", GetAsync);

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        var found = await snapshots.GetAsync(caller.Claims, http.ConversationId(), http.MessageId(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, found, ServerJson.Default.ContextSnapshot);
    }
}
