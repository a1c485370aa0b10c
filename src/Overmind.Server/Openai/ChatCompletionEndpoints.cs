using Overmind.Access;
using Overmind.Agents.Completions;
using Overmind.Server.Http;

namespace Overmind.Server.Openai;

/// <summary><c>/openai/v1/chat/completions</c>: for any client of OpenAI's API, with nothing but its address and key changed.</summary>
sealed class ChatCompletionEndpoints(CompletionModels models, ModelCompletion model, WorkflowCompletion workflow)
{
    public void Map(ApiRoutes routes) => routes.PostStream("/openai/v1/chat/completions", AskAsync);

    async Task AskAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var request = ChatRequest.Read(body);
        var target = await models.ResolveAsync(caller.Claims, request.Model, http.RequestAborted);
        await (target.Workflow is { } key ? workflow.AnswerAsync(http, caller, request, key) : model.AnswerAsync(http, caller, request, target.Model!));
    }
}
