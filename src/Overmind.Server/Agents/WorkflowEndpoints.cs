using Overmind.Access;
using Overmind.Agents;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Agents;

/// <summary><c>/v1/workflows</c>, by key and version, and what organizations have published of them.</summary>
sealed class WorkflowEndpoints(WorkflowService workflows)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/workflows", CreateAsync);
        routes.Get("/v1/workflows", ListAsync);
        routes.Get("/v1/workflows/{key}", GetAsync);
        routes.Delete("/v1/workflows/{key}", DeleteAsync);
        routes.Post("/v1/workflows/{key}/restore", RestoreAsync);
        routes.Put("/v1/workflows/{key}/rating", RateAsync);
        routes.Get("/v1/workflows/{key}/diff", DiffAsync);
        routes.Post("/v1/workflows/{key}/versions", AddVersionAsync);
        routes.Get("/v1/workflows/{key}/versions/{version}", GetVersionAsync);
        routes.Patch("/v1/workflows/{key}/versions/{version}", UpdateAsync);
        routes.Post("/v1/workflows/{key}/versions/{version}/activate", ActivateAsync);
        routes.Get("/v1/public_workflows", ListPublicAsync);
        routes.Post("/v1/public_workflows/{workflow_id}/copy", CopyAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var workflow = new NewWorkflow
        {
            Id = http.NewResourceId(),
            Key = body.RequiredText("key"),
            Name = body.RequiredText("name"),
            Description = body.Text("description"),
            Category = body.Text("category"),
            ExecutionMode = body.Word<ExecutionMode>("execution_mode") ?? default,
            QualityThreshold = body.Number("quality_threshold"),
            MaxN2Iterations = body.Integer("max_n2_iterations"),
            CostCapUsd = body.Amount("cost_cap_usd"),
            DeadlineSeconds = body.Integer("deadline_seconds"),
            SynthesisModel = body.Model("synthesis_model"),
            JudgeModel = body.Model("judge_model"),
            Settings = body.ObjectText("settings"),
            Agents = body.Texts("agents") ?? throw new OvermindException(
                ErrorCode.MissingField, "agents is missing: the keys of the workflow's agents, in order.", "agents"),
            IsPublic = body.Boolean("is_public") ?? false,
        };
        body.End();
        await WriteMadeAsync(http, await workflows.CreateAsync(caller.Claims, workflow, http.RequestAborted));
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("active", "key", "category", "q", "sort");
        var filter = new WorkflowFilter
        {
            Active = http.Request.BooleanParameter("active"),
            Key = http.Request.TextParameter("key"),
            Category = http.Request.TextParameter("category"),
            Q = http.Request.TextParameter("q"),
            Sort = http.Request.WordParameter<WorkflowSort>("sort") ?? default,
        };
        var found = await workflows.ListAsync(caller.Claims, page, filter, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Workflow>.Of(found, w => w.Id), ServerJson.Default.ListResponseWorkflow);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, StatusCodes.Status200OK, await workflows.GetAsync(caller.Claims, http.WorkflowKey(), null, http.RequestAborted));
    }

    async Task GetVersionAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(
            http, StatusCodes.Status200OK,
            await workflows.GetAsync(caller.Claims, http.WorkflowKey(), http.WorkflowVersion(), http.RequestAborted));
    }

    async Task AddVersionAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var from = body.Integer("from");
        var changes = Patch(body);
        body.End();
        await WriteMadeAsync(
            http, await workflows.AddVersionAsync(caller.Claims, http.WorkflowKey(), from, http.NewResourceId(), changes, http.RequestAborted));
    }

    async Task UpdateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = Patch(body);
        body.End();
        var unchangedSince = EntityTag.Required(http.Request);
        await WriteAsync(
            http, StatusCodes.Status200OK,
            await workflows.UpdateAsync(
                caller.Claims, http.WorkflowKey(), http.WorkflowVersion(), patch, unchangedSince, http.RequestAborted));
    }

    async Task ActivateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await WriteAsync(
            http, StatusCodes.Status200OK,
            await workflows.ActivateAsync(caller.Claims, http.WorkflowKey(), http.WorkflowVersion(), http.RequestAborted));
    }

    async Task DiffAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("from", "to");
        var found = await workflows.DiffAsync(caller.Claims, http.WorkflowKey(), Version("from"), Version("to"), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, found, ServerJson.Default.WorkflowDiff);

        int Version(string name) => http.Request.IntegerParameter(name)
            ?? throw new OvermindException(ErrorCode.InvalidParameter, $"{name} is missing: the number of a version.", name);
    }

    async Task RateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var rating = body.Integer("rating") ?? throw new OvermindException(ErrorCode.MissingField, "rating is missing: 1 to 5.", "rating");
        body.End();
        await WriteAsync(
            http, StatusCodes.Status200OK, await workflows.RateAsync(caller.Claims, http.WorkflowKey(), rating, http.RequestAborted));
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var found = await workflows.DeleteAsync(caller.Claims, http.WorkflowKey(), EntityTag.Required(http.Request), http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, new DeletedResponse(found.Id, "workflow.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task RestoreAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await WriteAsync(http, StatusCodes.Status200OK, await workflows.RestoreAsync(caller.Claims, http.WorkflowKey(), http.RequestAborted));
    }

    async Task ListPublicAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.PublishedPage("q");
        var found = await workflows.ListPublicAsync(caller.Claims, page, http.Request.TextParameter("q"), http.RequestAborted);
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, ListResponse<PublicWorkflow>.Of(found, w => w.Id), ServerJson.Default.ListResponsePublicWorkflow);
    }

    async Task CopyAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var key = body.Text("key");
        body.End();
        await WriteMadeAsync(http, await workflows.CopyAsync(caller.Claims, http.WorkflowId(), http.NewResourceId(), key, http.RequestAborted));
    }

    static WorkflowPatch Patch(JsonMembers body) => new()
    {
        Name = body.Text("name"),
        Description = body.Change("description", body.Text),
        Category = body.Change("category", body.Text),
        ExecutionMode = body.Word<ExecutionMode>("execution_mode"),
        QualityThreshold = body.Change("quality_threshold", body.Number),
        MaxN2Iterations = body.Change("max_n2_iterations", body.Integer),
        CostCapUsd = body.Change("cost_cap_usd", body.Amount),
        DeadlineSeconds = body.Change("deadline_seconds", body.Integer),
        SynthesisModel = body.Change("synthesis_model", name => body.Model(name)),
        JudgeModel = body.Change("judge_model", name => body.Model(name)),
        Settings = body.ObjectText("settings"),
        Agents = body.Texts("agents"),
        IsPublic = body.Boolean("is_public"),
    };

    static Task WriteMadeAsync(HttpContext http, Workflow workflow)
    {
        http.Response.Headers.Location = $"/v1/workflows/{workflow.Key}/versions/{workflow.Version}";
        return WriteAsync(http, StatusCodes.Status201Created, workflow);
    }

    static Task WriteAsync(HttpContext http, int status, Workflow workflow) =>
        http.WriteJsonAsync(status, workflow, workflow.UpdatedAt, ServerJson.Default.Workflow);
}
