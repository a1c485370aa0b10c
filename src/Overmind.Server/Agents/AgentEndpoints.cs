using Overmind.Access;
using Overmind.Agents;
using Overmind.Server.Http;

namespace Overmind.Server.Agents;

/// <summary><c>/v1/agents</c>, and what organizations have published of them.</summary>
sealed class AgentEndpoints(AgentService agents)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/agents", CreateAsync);
        routes.Get("/v1/agents", ListAsync);
        routes.Get("/v1/agents/{agent_id}", GetAsync);
        routes.Patch("/v1/agents/{agent_id}", UpdateAsync);
        routes.Delete("/v1/agents/{agent_id}", DeleteAsync);
        routes.Post("/v1/agents/{agent_id}/restore", RestoreAsync);
        routes.Post("/v1/agents/{agent_id}/copy", CopyAsync);
        routes.Get("/v1/public_agents", ListPublicAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var agent = new NewAgent
        {
            Id = http.NewResourceId(),
            Key = body.RequiredText("key"),
            Name = body.RequiredText("name"),
            Role = body.Text("role"),
            Goal = body.RequiredText("goal"),
            Backstory = body.RequiredText("backstory"),
            OutputFormat = body.Word<OutputFormat>("output_format") ?? default,
            OutputSchema = body.ObjectText("output_schema"),
            Model = body.Model("model"),
            Temperature = body.Number("temperature") ?? 0.7,
            MaxTokens = body.Integer("max_tokens") ?? 500,
            AllowDelegation = body.Boolean("allow_delegation") ?? false,
            Verbose = body.Boolean("verbose") ?? false,
            Settings = body.ObjectText("settings"),
            IsActive = body.Boolean("is_active") ?? true,
            IsPublic = body.Boolean("is_public") ?? false,
        };
        body.End();
        await WriteMadeAsync(http, await agents.CreateAsync(caller.Claims, agent, http.RequestAborted));
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("active", "key", "q");
        var filter = new AgentFilter
        {
            Active = http.Request.BooleanParameter("active"),
            Key = http.Request.TextParameter("key"),
            Q = http.Request.TextParameter("q"),
        };
        var found = await agents.ListAsync(caller.Claims, page, filter, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Agent>.Of(found, a => a.Id), ServerJson.Default.ListResponseAgent);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, StatusCodes.Status200OK, await agents.GetAsync(caller.Claims, http.AgentId(), http.RequestAborted));
    }

    async Task UpdateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new AgentPatch
        {
            Key = body.Text("key"),
            Name = body.Text("name"),
            Role = body.Text("role"),
            Goal = body.Text("goal"),
            Backstory = body.Text("backstory"),
            OutputFormat = body.Word<OutputFormat>("output_format"),
            OutputSchema = body.Change("output_schema", body.ObjectText),
            Model = body.Change("model", name => body.Model(name)),
            Temperature = body.Number("temperature"),
            MaxTokens = body.Integer("max_tokens"),
            AllowDelegation = body.Boolean("allow_delegation"),
            Verbose = body.Boolean("verbose"),
            Settings = body.ObjectText("settings"),
            IsActive = body.Boolean("is_active"),
            IsPublic = body.Boolean("is_public"),
        };
        body.End();
        var unchangedSince = EntityTag.Required(http.Request);
        await WriteAsync(
            http, StatusCodes.Status200OK, await agents.UpdateAsync(caller.Claims, http.AgentId(), patch, unchangedSince, http.RequestAborted));
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var id = http.AgentId();
        await agents.DeleteAsync(caller.Claims, id, EntityTag.Required(http.Request), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "agent.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task RestoreAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await WriteAsync(http, StatusCodes.Status200OK, await agents.RestoreAsync(caller.Claims, http.AgentId(), http.RequestAborted));
    }

    async Task CopyAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var key = body.Text("key");
        body.End();
        await WriteMadeAsync(http, await agents.CopyAsync(caller.Claims, http.AgentId(), http.NewResourceId(), key, http.RequestAborted));
    }

    async Task ListPublicAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.PublishedPage("q");
        var found = await agents.ListPublicAsync(caller.Claims, page, http.Request.TextParameter("q"), http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, ListResponse<PublicAgent>.Of(found, a => a.Id), ServerJson.Default.ListResponsePublicAgent);
    }

    static Task WriteMadeAsync(HttpContext http, Agent agent)
    {
        http.Response.Headers.Location = $"/v1/agents/{agent.Id}";
        return WriteAsync(http, StatusCodes.Status201Created, agent);
    }

    static Task WriteAsync(HttpContext http, int status, Agent agent) =>
        http.WriteJsonAsync(status, agent, agent.UpdatedAt, ServerJson.Default.Agent);
}
