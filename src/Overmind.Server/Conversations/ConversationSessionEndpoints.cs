using Overmind.Access;
using Overmind.Conversations;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/conversations/{conversation_id}/sessions</c>.</summary>
sealed class ConversationSessionEndpoints(ConversationSessionService sessions)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/conversations/{conversation_id}/sessions", CreateAsync);
        routes.Get("/v1/conversations/{conversation_id}/sessions", ListAsync);
        routes.Get("/v1/conversations/{conversation_id}/sessions/{conversation_session_id}", GetAsync);
        routes.Patch("/v1/conversations/{conversation_id}/sessions/{conversation_session_id}", UpdateAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var session = new NewConversationSession
        {
            Id = http.NewResourceId(),
            AgentId = body.Id("agent_id"),
            SessionState = body.Json("session_state"),
        };
        body.End();
        var created = await sessions.CreateAsync(caller.Claims, http.ConversationId(), session, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/conversations/{created.ConversationId}/sessions/{created.Id}";
        await WriteAsync(http, StatusCodes.Status201Created, created);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("status");
        var status = http.Request.WordParameter<ConversationSessionStatus>("status");
        var found = await sessions.ListAsync(caller.Claims, http.ConversationId(), status, page, http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, ListResponse<ConversationSession>.Of(found, s => s.Id), ServerJson.Default.ListResponseConversationSession);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(
            http, StatusCodes.Status200OK,
            await sessions.GetAsync(caller.Claims, http.ConversationId(), http.ConversationSessionId(), http.RequestAborted));
    }

    async Task UpdateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new ConversationSessionPatch
        {
            Status = body.Word<ConversationSessionStatus>("status"),
            SessionState = body.Json("session_state"),
            InterruptionContext = body.Change("interruption_context", body.Json),
        };
        body.End();
        var unchangedSince = EntityTag.Required(http.Request);
        await WriteAsync(
            http, StatusCodes.Status200OK,
            await sessions.UpdateAsync(caller.Claims, http.ConversationId(), http.ConversationSessionId(), patch, unchangedSince, http.RequestAborted));
    }

    static Task WriteAsync(HttpContext http, int status, ConversationSession session) =>
        http.WriteJsonAsync(status, session, session.UpdatedAt, ServerJson.Default.ConversationSession);
}
