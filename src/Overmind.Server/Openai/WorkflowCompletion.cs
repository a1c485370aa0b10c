using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Overmind.Access;
using Overmind.Agents;
using Overmind.Agents.Completions;
using Overmind.Conversations.Exchanges;
using Overmind.Errors;
using Overmind.Server.Http;
using Overmind.Server.Usage;

namespace Overmind.Server.Openai;

/// <summary>
/// A whole run behind one call. It stands in a conversation, a new one where none is named. Which iteration's answer is kept is known at the end: it comes whole.
/// A run whose caller went away goes on, as any run does.
/// </summary>
sealed class WorkflowCompletion(CompletionRuns runs, ExchangeService exchanges, EventStream stream, TimeProvider time)
{
    const string RunHeader = "x-overmind-run";

    public async Task AnswerAsync(HttpContext http, Caller caller, ChatRequest request, string workflow)
    {
        caller.Ensure(ApiKeyScope.RunsRun);
        caller.Ensure(ApiKeyScope.ConversationsWrite);
        Check(request);
        var kept = KeptConversation.Read(http.Request, caller) ?? KeptConversation.New();
        var said = ExchangeMessages.Of(request.Messages);
        await exchanges.CheckAsync(caller.Claims, kept.IsNew ? null : kept.Id, said, http.RequestAborted);
        var options = new RunOptions { Workflow = workflow, Cache = CacheHeaders.Read(http.Request) };
        var run = await runs.BeginAsync(caller.Claims, kept.Id, kept.IsNew, said, options, http.RequestAborted);
        kept.Tell(http.Response);
        http.Response.Headers[RunHeader] = run.Id.ToString();
        var json = new ChatJson(run.Id, request.Model, time.GetUtcNow());
        if (request.IsStream)
        {
            await StreamAsync(http, caller, request, run.Id, json);
            return;
        }

        var (answer, usage) = Answer(await runs.EndAsync(caller.Claims, run.Id, http.RequestAborted));
        await http.WriteJsonAsync(StatusCodes.Status200OK, (answer, usage), json.Write);
    }

    async Task StreamAsync(HttpContext http, Caller caller, ChatRequest request, Guid runId, ChatJson json)
    {
        using var ending = stream.Ending(http);
        await using var chunks = ChunksAsync(caller, request, runId, ending.Token).GetAsyncEnumerator(ending.Token);
        await stream.WriteAsync(http, chunks, chunks.MoveNextAsync().AsTask(), json.Write, "The run goes on.", ending);
    }

    async IAsyncEnumerable<ChatChunk> ChunksAsync(Caller caller, ChatRequest request, Guid runId, [EnumeratorCancellation] CancellationToken ending)
    {
        // At once, so that nobody on the way takes the silence for an end.
        yield return new ChatChunk { Begins = true };
        Run? run = null;
        OvermindException? failure = null;
        try
        {
            run = await runs.EndAsync(caller.Claims, runId, ending);
        }
        catch (OvermindException told)
        {
            failure = told;
        }

        if (run is null)
        {
            yield return new ChatChunk { Error = failure };
            yield break;
        }

        var (answer, usage) = Answer(run);
        yield return new ChatChunk { Text = answer.Text };
        yield return new ChatChunk { FinishReason = answer.FinishReason };
        if (request.IncludesUsage) yield return new ChatChunk { Usage = usage };
        yield return ChatChunk.Done;
    }

    static (ChatAnswer Answer, CompletionUsage Usage) Answer(Run run)
    {
        var answer = new ChatAnswer();
        answer.Add(new ChatResponseUpdate(ChatRole.Assistant, run.Answer));
        return (answer, new CompletionUsage { TokensInput = run.TokensInput, TokensOutput = run.TokensOutput, CostUsd = run.CostUsd });
    }

    /// <summary>What a workflow cannot do. How its agents' models are asked (temperature, length, …) is theirs.</summary>
    static void Check(ChatRequest request)
    {
        var options = request.Options;
        Refuse(options.Tools is not null || options.ToolMode is not null, "tools");
        Refuse(options.ResponseFormat is ChatResponseFormatJson, "response_format");
        Refuse(options.StopSequences is not null, "stop");
        Refuse(request.Messages.Any(m => m.Contents.Any(c => c is not TextContent)), "messages");

        static void Refuse(bool isAsked, string param)
        {
            if (isAsked)
                throw new OvermindException(ErrorCode.InvalidValue, $"A workflow answers text with text: {(param == "messages" ? "messages have no images and no calls of tools" : $"leave {param} out")}, or name a provider's model.", param);
        }
    }
}
