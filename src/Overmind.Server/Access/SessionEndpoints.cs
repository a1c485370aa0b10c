using Overmind.Access;
using Overmind.Access.Sessions;
using Overmind.Server.Http;

namespace Overmind.Server.Access;

/// <summary><c>/v1/sessions</c>: where the caller's person is signed in.</summary>
sealed class SessionEndpoints(SessionService sessions)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/sessions", ListAsync);
        routes.Delete("/v1/sessions", RevokeAllAsync);
        routes.Delete("/v1/sessions/{session_id}", RevokeAsync);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var found = await sessions.ListAsync(caller.Claims, caller.SessionId, http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Session>.Of(found, s => s.Id), ServerJson.Default.ListResponseSession);
    }

    async Task RevokeAllAsync(HttpContext http, Caller caller)
    {
        var ended = await sessions.RevokeAllAsync(caller.Claims, caller.SessionId, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new EndedSessions(ended), ServerJson.Default.EndedSessions);
    }

    async Task RevokeAsync(HttpContext http, Caller caller)
    {
        var id = http.SessionId();
        await sessions.RevokeAsync(caller.Claims, id, isSignOut: id == caller.SessionId, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "session.deleted"), ServerJson.Default.DeletedResponse);
    }
}
