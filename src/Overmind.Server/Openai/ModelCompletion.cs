using System.Runtime.CompilerServices;
using Overmind.Access;
using Overmind.Agents.Completions;
using Overmind.Conversations.Exchanges;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Server.Http;
using Overmind.Server.Usage;

namespace Overmind.Server.Openai;

/// <summary>A call of a provider's model.</summary>
sealed class ModelCompletion(CompletionService completions, ExchangeService exchanges, EventStream stream, TimeProvider time, ILogger<ModelCompletion> logger)
{
    public async Task AnswerAsync(HttpContext http, Caller caller, ChatRequest request, ModelReference model)
    {
        var kept = KeptConversation.Read(http.Request, caller);
        var said = kept is null ? [] : ExchangeMessages.Of(request.Messages);
        if (kept is not null) await exchanges.CheckAsync(caller.Claims, kept.IsNew ? null : kept.Id, said, http.RequestAborted);
        request.Options.ModelId = model.Model;
        var call = new CompletionCall
        {
            Model = model,
            Messages = request.Messages,
            Options = request.Options,
            ConversationId = kept?.Id,
            EndUser = request.User,
            Metadata = request.Metadata,
            Cache = CacheHeaders.Read(http.Request),
        };
        var exchange = new ModelExchange(call, request, kept, said, new ChatJson(call.Id, request.Model, time.GetUtcNow()));
        if (request.IsStream) await StreamAsync(http, caller, exchange);
        else await WriteAsync(http, caller, exchange);
    }

    async Task WriteAsync(HttpContext http, Caller caller, ModelExchange exchange)
    {
        var answer = new ChatAnswer();
        CompletionUpdate? last = null;
        await foreach (var update in completions.AskAsync(caller.Claims, exchange.Call, http.RequestAborted))
        {
            if (update.Piece is { } piece) answer.Add(piece);
            last = update;
        }

        var usage = last!.Usage!;
        CacheHeaders.Write(http.Response, last.Cache);
        if (exchange.Kept is { } kept)
        {
            kept.Tell(http.Response);
            if (await KeepAsync(http, caller, exchange, answer, usage) is { } failure)
                http.Response.Headers[$"{KeptConversation.Header}-error"] = ErrorCatalogue.Word(failure.Code);
        }

        await http.WriteJsonAsync(StatusCodes.Status200OK, (answer, usage), exchange.Json.Write);
    }

    async Task StreamAsync(HttpContext http, Caller caller, ModelExchange exchange)
    {
        using var ending = stream.Ending(http);
        await using var chunks = ChunksAsync(http, caller, exchange, ending.Token).GetAsyncEnumerator(ending.Token);
        var next = chunks.MoveNextAsync().AsTask();
        // The first says that the answer begins; what goes wrong before it is an error and no stream.
        await next;
        exchange.Kept?.Tell(http.Response);
        await stream.WriteAsync(http, chunks, next, exchange.Json.Write, "Ask again.", ending);
    }

    async IAsyncEnumerable<ChatChunk> ChunksAsync(HttpContext http, Caller caller, ModelExchange exchange, [EnumeratorCancellation] CancellationToken ending)
    {
        var answer = new ChatAnswer();
        var begun = false;
        await using var updates = completions.AskAsync(caller.Claims, exchange.Call, ending).GetAsyncEnumerator(ending);
        while (true)
        {
            OvermindException? failure = null;
            var more = false;
            try
            {
                more = await updates.MoveNextAsync();
            }
            catch (OvermindException told) when (begun)
            {
                failure = told;
            }

            if (failure is not null) yield return new ChatChunk { Error = failure };
            if (!more) yield break;
            var update = updates.Current;
            if (!begun)
            {
                CacheHeaders.Write(http.Response, update.Cache);
                yield return new ChatChunk { Begins = true };
                begun = true;
            }

            if (update.Piece is { } piece)
            {
                var calls = answer.Add(piece);
                if (piece.Text is { Length: > 0 } text) yield return new ChatChunk { Text = text };
                foreach (var call in calls) yield return new ChatChunk { Call = call };
            }
            else if (update.Usage is { } usage)
            {
                yield return new ChatChunk { FinishReason = answer.FinishReason };
                if (exchange.Request.IncludesUsage) yield return new ChatChunk { Usage = usage };
                if (exchange.Kept is not null && await KeepAsync(http, caller, exchange, answer, usage) is { } notKept)
                    yield return new ChatChunk { Comment = $"not kept: {ErrorCatalogue.Word(notKept.Code)}" };
                yield return ChatChunk.Done;
            }
        }
    }

    Task<OvermindException?> KeepAsync(HttpContext http, Caller caller, ModelExchange exchange, ChatAnswer answer, CompletionUsage usage) => exchange.Kept!.KeepAsync(
        http, exchanges, caller,
        ExchangeMessages.Of(answer, exchange.Call.Model.ToString(), usage) is { } answered ? [.. exchange.Said, answered] : exchange.Said, logger);
}
