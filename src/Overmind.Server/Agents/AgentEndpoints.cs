using Overmind.Access;
using Overmind.Agents;
using Overmind.Server.Http;

namespace Overmind.Server.Agents;

/// <summary><c>/v1/agents</c> and <c>/v1/workflows</c>, to read.</summary>
sealed class AgentEndpoints(AgentStore agents)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/agents", ListAgentsAsync);
        routes.Get("/v1/workflows", ListWorkflowsAsync);
    }

    async Task ListAgentsAsync(HttpContext http, Caller caller)
    {
        var found = await agents.ListAgentsAsync(caller.Claims, http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Agent>.Of(found, a => a.Id), ServerJson.Default.ListResponseAgent);
    }

    async Task ListWorkflowsAsync(HttpContext http, Caller caller)
    {
        var found = await agents.ListWorkflowsAsync(caller.Claims, http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Workflow>.Of(found, w => w.Id), ServerJson.Default.ListResponseWorkflow);
    }
}
