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
        routes.Post("/v1/conversations/{conversation_id}/restore", RestoreAsync);
        routes.Post("/v1/conversations/{conversation_id}/fork", ForkAsync);
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
            ModelProvider = body.Text("model_provider"),
            ModelName = body.Text("model_name"),
            MaxContextTokens = body.Integer("max_context_tokens"),
            AutoPrune = body.Flag("auto_prune") ?? false,
            PruneStrategy = body.Word<PruneStrategy>("prune_strategy") ?? PruneStrategy.Fifo,
            PruneMarginRatio = body.Number("prune_margin_ratio"),
            ContextTemplate = body.TemplateUse(),
        };
        body.End();
        var created = await conversations.CreateAsync(caller.Claims, conversation, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/conversations/{created.Id}";
        await WriteAsync(http, StatusCodes.Status201Created, created);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("status", "tag", "folder", "project_id");
        var filter = new ConversationFilter
        {
            Status = http.Request.WordParameter<ConversationStatus>("status"),
            Tag = http.Request.TextParameter("tag"),
            Folder = http.Request.TextParameter("folder"),
            ProjectId = http.Request.IdParameter("project_id"),
        };
        var found = await conversations.ListAsync(caller.Claims, filter, page, http.RequestAborted);
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
            ActiveBranch = body.Integer("active_branch"),
            ModelProvider = body.Change("model_provider", body.Text),
            ModelName = body.Change("model_name", body.Text),
            MaxContextTokens = body.Change("max_context_tokens", body.Integer),
            AutoPrune = body.Flag("auto_prune"),
            PruneStrategy = body.Word<PruneStrategy>("prune_strategy"),
            PruneMarginRatio = body.Number("prune_margin_ratio"),
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

    async Task RestoreAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await WriteAsync(http, StatusCodes.Status200OK, await conversations.RestoreAsync(caller.Claims, http.ConversationId(), http.RequestAborted));
    }

    async Task ForkAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var fork = new NewFork
        {
            Id = http.NewResourceId(),
            MessageId = body.Id("message_id") ?? throw body.Missing("message_id"),
            Title = body.Text("title"),
            Visibility = body.Word<Visibility>("visibility") ?? Visibility.Private,
        };
        body.End();
        var made = await conversations.ForkAsync(caller.Claims, http.ConversationId(), fork, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/conversations/{made.Id}";
        await WriteAsync(http, StatusCodes.Status201Created, made);
    }

    static Task WriteAsync(HttpContext http, int status, Conversation conversation) =>
        http.WriteJsonAsync(status, conversation, conversation.UpdatedAt, ConversationJson.Write);
}
