using System.Text.Json.Serialization.Metadata;
using Overmind.Access;
using Overmind.Agents;
using Overmind.Server.Http;

namespace Overmind.Server.Agents;

/// <summary><c>/v1/runs/{run_id}/steps/{step_id}/replay</c> and <c>…/replays</c>.</summary>
sealed class ReplayEndpoints(ReplayService replays)
{
    static readonly JsonTypeInfo<StepReplay> ReplayType = (JsonTypeInfo<StepReplay>)RunJson.Options.GetTypeInfo(typeof(StepReplay));

    static readonly JsonTypeInfo<ListResponse<StepReplay>> ReplaysType =
        (JsonTypeInfo<ListResponse<StepReplay>>)RunJson.Options.GetTypeInfo(typeof(ListResponse<StepReplay>));

    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/runs/{run_id}/steps/{step_id}/replay", CreateAsync);
        routes.Get("/v1/runs/{run_id}/steps/{step_id}/replays", ListAsync);
        routes.Get("/v1/runs/{run_id}/steps/{step_id}/replays/{replay_id}", GetAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var model = body.RequiredModel("model");
        var temperature = body.Number("temperature");
        body.End();
        var replay = await replays.CreateAsync(
            caller.Claims, http.RunId(), http.StepId(), model, temperature, http.NewResourceId(), http.RequestAborted);
        http.Response.Headers.Location = $"/v1/runs/{replay.RunId}/steps/{replay.StepId}/replays/{replay.Id}";
        await http.WriteJsonAsync(StatusCodes.Status202Accepted, replay, ReplayType);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        var found = await replays.GetAsync(caller.Claims, http.RunId(), http.StepId(), http.ReplayId(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, found, ReplayType);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page();
        var found = await replays.ListAsync(caller.Claims, http.RunId(), http.StepId(), page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<StepReplay>.Of(found, r => r.Id), ReplaysType);
    }
}
