using Overmind.Access;
using Overmind.Conversations.Templates;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/context_templates</c>.</summary>
sealed class ContextTemplateEndpoints(ContextTemplateService templates)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/context_templates", CreateAsync);
        routes.Get("/v1/context_templates", ListAsync);
        routes.Get("/v1/context_templates/{context_template_id}", GetAsync);
        routes.Patch("/v1/context_templates/{context_template_id}", UpdateAsync);
        routes.Delete("/v1/context_templates/{context_template_id}", DeleteAsync);
        routes.Post("/v1/context_templates/{context_template_id}/restore", RestoreAsync);
        routes.Get("/v1/context_templates/{context_template_id}/versions", ListVersionsAsync);
        routes.Post("/v1/context_templates/{context_template_id}/render", RenderAsync, ApiKeyScope.ConversationsRead);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var template = new NewContextTemplate
        {
            Id = http.NewResourceId(),
            Name = body.RequiredText("name"),
            Description = body.Text("description"),
            Segments = body.Segments() ?? throw body.Missing("segments"),
            Variables = body.TemplateVariables() ?? [],
            UseCases = body.Texts("use_cases") ?? [],
            AgentTypes = body.Texts("agent_types") ?? [],
        };
        body.End();
        var made = await templates.CreateAsync(caller.Claims, template, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/context_templates/{made.Id}";
        await WriteAsync(http, StatusCodes.Status201Created, made);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("name", "use_case", "agent_type", "q");
        var filter = new ContextTemplateFilter
        {
            Name = http.Request.TextParameter("name"),
            UseCase = http.Request.TextParameter("use_case"),
            AgentType = http.Request.TextParameter("agent_type"),
            Q = http.Request.TextParameter("q"),
        };
        var found = await templates.ListAsync(caller.Claims, filter, page, http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, ListResponse<ContextTemplate>.Of(found, t => t.Id), ServerJson.Default.ListResponseContextTemplate);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, StatusCodes.Status200OK, await templates.GetAsync(caller.Claims, http.ContextTemplateId(), http.RequestAborted));
    }

    async Task UpdateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new ContextTemplatePatch
        {
            Name = body.Text("name"),
            Description = body.Change("description", body.Text),
            Segments = body.Segments(),
            Variables = body.TemplateVariables(),
            UseCases = body.Texts("use_cases"),
            AgentTypes = body.Texts("agent_types"),
        };
        body.End();
        var unchangedSince = EntityTag.Required(http.Request);
        await WriteAsync(
            http, StatusCodes.Status200OK, await templates.UpdateAsync(caller.Claims, http.ContextTemplateId(), patch, unchangedSince, http.RequestAborted));
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var id = http.ContextTemplateId();
        await templates.DeleteAsync(caller.Claims, id, EntityTag.Required(http.Request), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "context_template.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task RestoreAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await WriteAsync(http, StatusCodes.Status200OK, await templates.RestoreAsync(caller.Claims, http.ContextTemplateId(), http.RequestAborted));
    }

    async Task ListVersionsAsync(HttpContext http, Caller caller)
    {
        var found = await templates.ListVersionsAsync(caller.Claims, http.ContextTemplateId(), http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, ListResponse<ContextTemplateVersion>.Of(found, v => v.Id), ServerJson.Default.ListResponseContextTemplateVersion);
    }

    async Task RenderAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var rendering = body.Rendering();
        body.End();
        var rendered = await templates.RenderAsync(caller.Claims, http.ContextTemplateId(), rendering, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, rendered, ServerJson.Default.RenderedTemplate);
    }

    static Task WriteAsync(HttpContext http, int status, ContextTemplate template) =>
        http.WriteJsonAsync(status, template, template.UpdatedAt, ServerJson.Default.ContextTemplate);
}
