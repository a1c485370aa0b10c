using System.Runtime.CompilerServices;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Models.Tokens;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Cache;

namespace Overmind.Agents.Completions;

/// <summary>
/// Calls of models for callers that bring their own messages and tools. Each is reserved in the ledger before it is made and settled after it: two round trips
/// to the database, and nothing else of it.
/// </summary>
public sealed class CompletionService(PlaygroundStore store, ChatModels models, CachedModels cached, TimeProvider time)
{
    /// <summary>The longest call; a provider's own limits are usually shorter.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Asks, and hands on the answer as it comes; the last update has what it used. Who stops reading stops the call: what it used by then is settled.</summary>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.ModelUnavailable"/>, <see cref="ErrorCode.BudgetExceeded"/>, <see cref="ErrorCode.Forbidden"/>, or a value is not valid: nothing was called then.
    /// Or one of the codes that begin with <c>model_</c>: the model failed, before its answer or in the middle.
    /// </exception>
    public async IAsyncEnumerable<CompletionUpdate> AskAsync(Claims claims, CompletionCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        call.Check();
        await EnsureThereIsAsync(claims, call.Model, cancellationToken);
        var reserved = new ReservedCall
        {
            Id = call.Id,
            What = "completion",
            Model = call.Model,
            PromptTokens = TokenCount.Of(call.Model, call.Messages),
            MaxTokens = call.Options.MaxOutputTokens,
            ConversationId = call.ConversationId,
            EndUser = call.EndUser,
            Metadata = call.Metadata,
        };
        var settings = await store.ReserveAsync(claims, reserved, time.GetUtcNow() + PlaygroundService.Abandoned, cancellationToken);

        using var late = new CancellationTokenSource(Longest, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var stream = new CompletionStream(call, CachePolicy.Of(settings.ResponseCache, call.Cache), time);
        CallUsage usage;
        try
        {
            while (await stream.NextAsync(cached, claims, stop.Token)) yield return new CompletionUpdate(stream.Piece, null, stream.Cache);
        }
        finally
        {
            // Also when the reader went away without a word.
            await stop.CancelAsync();
            await stream.DisposeAsync();
            usage = await store.SettleAsync(claims, call.Id, call.Model, stream.Usage());
        }

        if (stream.Failure is { } failure) throw Told(call.Model, failure, cancellationToken);
        yield return new CompletionUpdate(null, CompletionUsage.Of(usage), stream.Cache);
    }

    async Task EnsureThereIsAsync(Claims claims, ModelReference model, CancellationToken cancellationToken)
    {
        try
        {
            await models.GetAsync(claims, model, cancellationToken);
        }
        catch (ModelUnavailableException unavailable)
        {
            throw new OvermindException(ErrorCode.ModelUnavailable, unavailable.Message, "model", unavailable);
        }
    }

    static Exception Told(ModelReference model, Exception failure, CancellationToken caller) => failure switch
    {
        OperationCanceledException when caller.IsCancellationRequested => failure,
        OperationCanceledException => new OvermindException(ErrorCode.ModelTimedOut, $"{model} was stopped after {Longest.TotalMinutes:0} minutes.", inner: failure),
        OvermindException => failure,
        ModelCallException call => new OvermindException(call.Code, call.Message, call.Param, call) { RetryAfter = call.RetryAfter },
        ModelUnavailableException => new OvermindException(ErrorCode.ModelUnavailable, failure.Message, "model", failure),
        _ => new OvermindException(ErrorCode.ModelFailed, CallFailure.Describe(model, failure), inner: failure),
    };
}
