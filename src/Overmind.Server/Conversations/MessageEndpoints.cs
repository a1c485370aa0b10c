using Overmind.Access;
using Overmind.Conversations;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/conversations/{conversation_id}/messages</c>.</summary>
sealed class MessageEndpoints(ConversationService conversations)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/conversations/{conversation_id}/messages", AppendAsync);
        routes.Get("/v1/conversations/{conversation_id}/messages", ListAsync);
        routes.Get("/v1/conversations/{conversation_id}/messages/{message_id}", GetAsync);
        routes.Delete("/v1/conversations/{conversation_id}/messages/{message_id}", DeleteAsync);
    }

    async Task AppendAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var message = new NewMessage
        {
            Id = http.NewResourceId(),
            Role = body.Word<MessageRole>("role") ?? MessageRole.User,
            Content = body.RequiredText("content"),
            ParentMessageId = body.Id("parent_message_id"),
            Metadata = body.Pairs("metadata"),
        };
        body.End();
        var appended = await conversations.AppendAsync(caller.Claims, http.ConversationId(), message, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/conversations/{appended.ConversationId}/messages/{appended.Id}";
        await http.WriteJsonAsync(StatusCodes.Status201Created, appended, ConversationJson.Write);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page();
        var found = await conversations.ListMessagesAsync(caller.Claims, http.ConversationId(), page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Message>.Of(found, m => m.Id), ConversationJson.Write);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        var found = await conversations.GetMessageAsync(caller.Claims, http.ConversationId(), http.MessageId(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, found, ConversationJson.Write);
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var id = http.MessageId();
        await conversations.DeleteMessageAsync(caller.Claims, http.ConversationId(), id, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "message.deleted"), ServerJson.Default.DeletedResponse);
    }
}
