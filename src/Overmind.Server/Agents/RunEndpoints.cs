using System.Text.Json.Serialization.Metadata;
using Overmind.Access;
using Overmind.Agents;
using Overmind.Errors;
using Overmind.Server.Http;
using Overmind.Server.Usage;

namespace Overmind.Server.Agents;

/// <summary><c>/v1/conversations/{conversation_id}/runs</c> and <c>/v1/runs</c>; the events are in <see cref="RunEventStream"/>.</summary>
sealed class RunEndpoints(RunService runs)
{
    // The same JSON as within the events, by the library's own options.
    static readonly JsonTypeInfo<Run> RunType = TypeOf<Run>();
    static readonly JsonTypeInfo<ListResponse<Run>> RunsType = TypeOf<ListResponse<Run>>();
    static readonly JsonTypeInfo<RunStep> StepType = TypeOf<RunStep>();
    static readonly JsonTypeInfo<RunComparison> ComparisonType = TypeOf<RunComparison>();
    static readonly JsonTypeInfo<ListResponse<RunStep>> StepsType = TypeOf<ListResponse<RunStep>>();

    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/conversations/{conversation_id}/runs", CreateAsync);
        routes.Post("/v1/conversations/{conversation_id}/messages/{message_id}/regenerate", RegenerateAsync);
        routes.Post("/v1/conversations/{conversation_id}/messages/{message_id}/resend", ResendAsync);
        routes.Get("/v1/runs", ListAsync);
        routes.Get("/v1/runs/{run_id}", GetAsync);
        routes.Get("/v1/runs/{run_id}/steps", StepsAsync);
        routes.Get("/v1/runs/{run_id}/steps/{step_id}", StepAsync);
        routes.Get("/v1/runs/{run_id}/compare/{other_run_id}", CompareAsync);
        routes.Post("/v1/runs/{run_id}/cancel", CancelAsync);
        routes.Post("/v1/runs/{run_id}/approve", ApproveAsync);
        routes.Post("/v1/runs/{run_id}/reject", RejectAsync);
        routes.Post("/v1/runs/{run_id}/retry", RetryAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var question = body.RequiredText("question");
        var options = Options(http, body) with { AttachmentIds = body.Ids("attachment_ids") };
        body.End();
        await StartedAsync(http, await runs.CreateAsync(caller.Claims, http.ConversationId(), question, options, http.RequestAborted));
    }

    async Task RegenerateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var options = Options(http, body);
        body.End();
        await StartedAsync(http, await runs.RegenerateAsync(caller.Claims, http.ConversationId(), http.MessageId(), options, http.RequestAborted));
    }

    async Task ResendAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var content = body.RequiredText("content");
        var options = Options(http, body) with { AttachmentIds = body.Ids("attachment_ids") };
        body.End();
        await StartedAsync(http, await runs.ResendAsync(caller.Claims, http.ConversationId(), http.MessageId(), content, options, http.RequestAborted));
    }

    static RunOptions Options(HttpContext http, JsonMembers body)
    {
        using var models = body.Object("models");
        var options = new RunOptions
        {
            Id = http.NewResourceId(),
            Workflow = body.Text("workflow"),
            QualityThreshold = body.Number("quality_threshold"),
            MaxN2Iterations = body.Integer("max_n2_iterations"),
            CostCapUsd = body.Amount("cost_cap_usd"),
            DeadlineSeconds = body.Integer("deadline_seconds"),
            AgentModel = models?.Model("agents", "models."),
            SynthesisModel = models?.Model("synthesis", "models."),
            JudgeModel = models?.Model("judge", "models."),
            ApproveFromIteration = body.Integer("approve_from_iteration"),
            ApproveAboveUsd = body.Amount("approve_above_usd"),
            Cache = CacheHeaders.Read(http.Request),
        };
        models?.End();
        return options;
    }

    static Task StartedAsync(HttpContext http, Run run)
    {
        http.Response.Headers.Location = $"/v1/runs/{run.Id}";
        return http.WriteJsonAsync(StatusCodes.Status202Accepted, run, RunType);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("conversation_id", "status");
        var conversationId = http.Request.IdParameter("conversation_id");
        var status = http.Request.WordParameter<RunStatus>("status");
        var found = await runs.ListAsync(caller.Claims, conversationId, status, page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Run>.Of(found, r => r.Id), RunsType);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await http.WriteJsonAsync(StatusCodes.Status200OK, await runs.GetAsync(caller.Claims, http.RunId(), http.RequestAborted), RunType);
    }

    async Task StepsAsync(HttpContext http, Caller caller)
    {
        var steps = await runs.StepsAsync(caller.Claims, http.RunId(), WithPrompt(http.Request), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<RunStep>.Of(new(steps, HasMore: false), s => s.Id), StepsType);
    }

    async Task StepAsync(HttpContext http, Caller caller) => await http.WriteJsonAsync(
        StatusCodes.Status200OK, await runs.StepAsync(caller.Claims, http.RunId(), http.StepId(), WithPrompt(http.Request), http.RequestAborted), StepType);

    async Task CompareAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, await runs.CompareAsync(caller.Claims, http.RunId(), http.OtherRunId(), http.RequestAborted), ComparisonType);
    }

    async Task ApproveAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var decision = new NewDecision { Iteration = body.Integer("iteration"), Note = body.Text("note"), Directive = body.Text("directive") };
        body.End();
        await http.WriteJsonAsync(StatusCodes.Status200OK, await runs.ApproveAsync(caller.Claims, http.RunId(), decision, http.RequestAborted), RunType);
    }

    async Task RejectAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var decision = new NewDecision { Iteration = body.Integer("iteration"), Note = body.Text("note") };
        body.End();
        await http.WriteJsonAsync(StatusCodes.Status200OK, await runs.RejectAsync(caller.Claims, http.RunId(), decision, http.RequestAborted), RunType);
    }

    async Task RetryAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await http.WriteJsonAsync(StatusCodes.Status202Accepted, await runs.RetryAsync(caller.Claims, http.RunId(), http.RequestAborted), RunType);
    }

    async Task CancelAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await http.WriteJsonAsync(StatusCodes.Status200OK, await runs.CancelAsync(caller.Claims, http.RunId(), http.RequestAborted), RunType);
    }

    /// <summary>Prompts are long: they come when they are asked for.</summary>
    static bool WithPrompt(HttpRequest request)
    {
        request.AllowOnly("include");
        return request.TextParameter("include") switch
        {
            null => false,
            "prompt" => true,
            _ => throw new OvermindException(ErrorCode.InvalidParameter, "include is prompt.", "include"),
        };
    }

    static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)RunJson.Options.GetTypeInfo(typeof(T));
}
