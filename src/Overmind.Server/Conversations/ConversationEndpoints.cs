using Overmind.Access;
using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/conversations</c>.</summary>
sealed class ConversationEndpoints(ConversationService conversations)
{
    const int LatestMessages = 50;

    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/conversations", CreateAsync);
        routes.Get("/v1/conversations", ListAsync);
        routes.Get("/v1/conversations/{conversation_id}", GetAsync);
        routes.Patch("/v1/conversations/{conversation_id}", UpdateAsync);
        routes.Delete("/v1/conversations/{conversation_id}", DeleteAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var conversation = new NewConversation
        {
            Id = http.NewResourceId(),
            Title = body.Text("title"),
            Visibility = body.Word<Visibility>("visibility") ?? Visibility.Private,
            Tags = body.Texts("tags") ?? [],
            Folder = body.Text("folder"),
            Metadata = body.Pairs("metadata"),
            WorkflowId = body.Id("workflow_id"),
            QualityThreshold = body.Number("quality_threshold"),
            MaxN2Iterations = body.Integer("max_n2_iterations"),
            CostCapUsd = body.Amount("cost_cap_usd"),
        };
        body.End();
        var created = await conversations.CreateAsync(caller.Claims, conversation, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/conversations/{created.Id}";
        await WriteAsync(http, StatusCodes.Status201Created, created);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("status");
        var status = http.Request.WordParameter<ConversationStatus>("status");
        var found = await conversations.ListAsync(caller.Claims, page, status, http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, ListResponse<Conversation>.Of(found, c => c.Id), ConversationJson.Write);
    }

    Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("include", "limit");
        return http.Request.TextParameter("include") switch
        {
            null when http.Request.TextParameter("limit") is not null => throw new OvermindException(
                ErrorCode.InvalidParameter, "limit is of the messages, so it goes with include=messages.", "limit"),
            null => GetAloneAsync(http, caller),
            "messages" => GetWithMessagesAsync(http, caller),
            _ => throw new OvermindException(ErrorCode.InvalidParameter, "include is messages.", "include"),
        };
    }

    async Task GetAloneAsync(HttpContext http, Caller caller)
    {
        var found = await conversations.GetAsync(caller.Claims, http.ConversationId(), http.RequestAborted);
        await WriteAsync(http, StatusCodes.Status200OK, found);
    }

    async Task GetWithMessagesAsync(HttpContext http, Caller caller)
    {
        var limit = http.Request.IntegerParameter("limit") ?? LatestMessages;
        var (conversation, messages) = await conversations.GetWithLatestAsync(caller.Claims, http.ConversationId(), limit, http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK,
            new ConversationWithMessages(conversation, ListResponse<Message>.Of(messages, m => m.Id)),
            conversation.UpdatedAt,
            ConversationJson.Write);
    }

    async Task UpdateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new ConversationPatch
        {
            Title = body.Text("title"),
            Status = body.Word<ConversationStatus>("status"),
            Visibility = body.Word<Visibility>("visibility"),
            Tags = body.Texts("tags"),
            Folder = body.Change("folder", body.Text),
            Metadata = body.Pairs("metadata"),
            WorkflowId = body.Change("workflow_id", body.Id),
            QualityThreshold = body.Change("quality_threshold", body.Number),
            MaxN2Iterations = body.Change("max_n2_iterations", body.Integer),
            CostCapUsd = body.Change("cost_cap_usd", body.Amount),
        };
        body.End();
        var unchangedSince = EntityTag.Required(http.Request);
        var updated = await conversations.UpdateAsync(caller.Claims, http.ConversationId(), patch, unchangedSince, http.RequestAborted);
        await WriteAsync(http, StatusCodes.Status200OK, updated);
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var id = http.ConversationId();
        await conversations.DeleteAsync(caller.Claims, id, EntityTag.Required(http.Request), http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, new DeletedResponse(id, "conversation.deleted"), ServerJson.Default.DeletedResponse);
    }

    static Task WriteAsync(HttpContext http, int status, Conversation conversation) =>
        http.WriteJsonAsync(status, conversation, conversation.UpdatedAt, ConversationJson.Write);
}
