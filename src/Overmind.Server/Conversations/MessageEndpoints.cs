using Overmind.Access;
using Overmind.Conversations;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/conversations/{conversation_id}/messages</c>; what they said before is in <see cref="MessageVersionEndpoints"/>.</summary>
sealed class MessageEndpoints(ConversationService conversations, MessageVersionService versions)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/conversations/{conversation_id}/messages", AppendAsync);
        routes.Get("/v1/conversations/{conversation_id}/messages", ListAsync);
        routes.Get("/v1/conversations/{conversation_id}/messages/{message_id}", GetAsync);
        routes.Patch("/v1/conversations/{conversation_id}/messages/{message_id}", EditAsync);
        routes.Delete("/v1/conversations/{conversation_id}/messages/{message_id}", DeleteAsync);
        routes.Post("/v1/conversations/{conversation_id}/messages/{message_id}/restore", RestoreAsync);
    }

    async Task AppendAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var parts = body.Json("content_parts");
        var message = new NewMessage
        {
            Id = http.NewResourceId(),
            Role = body.Word<MessageRole>("role") ?? MessageRole.User,
            Content = parts is null ? body.RequiredText("content") : body.Text("content"),
            ContentParts = parts,
            Tools = body.JsonArray("tools"),
            ParentMessageId = body.Id("parent_message_id"),
            SessionId = body.Id("session_id"),
            SenderAgentId = body.Id("sender_agent_id"),
            ChannelId = body.Id("channel_id"),
            Version = body.Text("version"),
            Context = body.Json("context"),
            MemoryRefs = body.Ids("memory_refs"),
            Metadata = body.Pairs("metadata"),
        };
        body.End();
        var appended = await conversations.AppendAsync(caller.Claims, http.ConversationId(), message, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/conversations/{appended.ConversationId}/messages/{appended.Id}";
        await WriteAsync(http, StatusCodes.Status201Created, appended);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("branch");
        var branch = http.Request.IntegerParameter("branch");
        var found = await conversations.ListMessagesAsync(caller.Claims, http.ConversationId(), branch, page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Message>.Of(found, m => m.Id), ConversationJson.Write);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(
            http, StatusCodes.Status200OK,
            await conversations.GetMessageAsync(caller.Claims, http.ConversationId(), http.MessageId(), http.RequestAborted));
    }

    async Task EditAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new MessagePatch
        {
            Content = body.Text("content"),
            ContentParts = body.Change("content_parts", body.Json),
            Metadata = body.Pairs("metadata"),
            ChangeReason = body.Text("change_reason"),
        };
        body.End();
        var unchangedSince = EntityTag.Required(http.Request);
        await WriteAsync(
            http, StatusCodes.Status200OK,
            await versions.EditAsync(caller.Claims, http.ConversationId(), http.MessageId(), patch, unchangedSince, http.RequestAborted));
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var id = http.MessageId();
        await conversations.DeleteMessageAsync(caller.Claims, http.ConversationId(), id, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "message.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task RestoreAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await WriteAsync(
            http, StatusCodes.Status200OK,
            await conversations.RestoreMessageAsync(caller.Claims, http.ConversationId(), http.MessageId(), http.RequestAborted));
    }

    static Task WriteAsync(HttpContext http, int status, Message message) =>
        http.WriteJsonAsync(status, message, message.UpdatedAt, ConversationJson.Write);
}
