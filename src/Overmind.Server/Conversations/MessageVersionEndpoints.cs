using Overmind.Access;
using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/conversations/{conversation_id}/messages/{message_id}/versions</c> and <c>/diff</c>.</summary>
sealed class MessageVersionEndpoints(MessageVersionService versions)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/conversations/{conversation_id}/messages/{message_id}/versions", ListAsync);
        routes.Get("/v1/conversations/{conversation_id}/messages/{message_id}/versions/{version_number}", GetAsync);
        routes.Post("/v1/conversations/{conversation_id}/messages/{message_id}/versions/{version_number}/restore", RestoreAsync);
        routes.Get("/v1/conversations/{conversation_id}/messages/{message_id}/diff", DiffAsync);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var found = await versions.ListAsync(caller.Claims, http.ConversationId(), http.MessageId(), http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, ListResponse<MessageVersion>.Of(found, v => v.Id), ServerJson.Default.ListResponseMessageVersion);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        var found = await versions.GetAsync(caller.Claims, http.ConversationId(), http.MessageId(), http.VersionNumber(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, found, ServerJson.Default.MessageVersion);
    }

    async Task RestoreAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var reason = body.Text("change_reason");
        body.End();
        var restored = await versions.RestoreAsync(
            caller.Claims, http.ConversationId(), http.MessageId(), http.VersionNumber(), reason, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, restored, restored.UpdatedAt, ConversationJson.Write);
    }

    async Task DiffAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("from", "to");
        var (from, to) = (Required(http.Request, "from"), Required(http.Request, "to"));
        var diff = await versions.DiffAsync(caller.Claims, http.ConversationId(), http.MessageId(), from, to, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, diff, ServerJson.Default.MessageDiff);
    }

    static int Required(HttpRequest request, string name) =>
        request.IntegerParameter(name) ?? throw new OvermindException(ErrorCode.InvalidParameter, $"{name} is the number of a version; it is left out.", name);
}
