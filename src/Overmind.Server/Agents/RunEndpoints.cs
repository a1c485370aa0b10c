using System.Text.Json.Serialization.Metadata;
using Overmind.Access;
using Overmind.Agents;
using Overmind.Server.Http;

namespace Overmind.Server.Agents;

/// <summary><c>/v1/conversations/{conversation_id}/runs</c> and <c>/v1/runs</c>; the events are in <see cref="RunEventStream"/>.</summary>
sealed class RunEndpoints(RunService runs)
{
    // The same JSON as within the events, by the library's own options.
    static readonly JsonTypeInfo<Run> RunType = TypeOf<Run>();
    static readonly JsonTypeInfo<ListResponse<Run>> RunsType = TypeOf<ListResponse<Run>>();
    static readonly JsonTypeInfo<ListResponse<RunStep>> StepsType = TypeOf<ListResponse<RunStep>>();

    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/conversations/{conversation_id}/runs", CreateAsync);
        routes.Get("/v1/runs", ListAsync);
        routes.Get("/v1/runs/{run_id}", GetAsync);
        routes.Get("/v1/runs/{run_id}/steps", StepsAsync);
        routes.Post("/v1/runs/{run_id}/cancel", CancelAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var question = body.RequiredText("question");
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
        };
        models?.End();
        body.End();
        var run = await runs.CreateAsync(caller.Claims, http.ConversationId(), question, options, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/runs/{run.Id}";
        await http.WriteJsonAsync(StatusCodes.Status202Accepted, run, RunType);
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
        http.Request.AllowOnly();
        var steps = await runs.StepsAsync(caller.Claims, http.RunId(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<RunStep>.Of(new(steps, HasMore: false), s => s.Id), StepsType);
    }

    async Task CancelAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await http.WriteJsonAsync(StatusCodes.Status200OK, await runs.CancelAsync(caller.Claims, http.RunId(), http.RequestAborted), RunType);
    }

    static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)RunJson.Options.GetTypeInfo(typeof(T));
}
