using Microsoft.Extensions.AI;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Models.Embeddings;
using Overmind.Models.Embeddings.Remote;
using Overmind.Models.Tokens;
using Overmind.Postgres;
using Overmind.Usage;

namespace Overmind.Agents.Completions;

/// <summary>Vectors for callers, by the embedder of the installation. Each call stands in the ledger, as those of chat models.</summary>
public sealed class EmbeddingService(PlaygroundStore store, EmbeddingModels embedders, TimeProvider time)
{
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.ModelUnavailable"/>, <see cref="ErrorCode.BudgetExceeded"/>, <see cref="ErrorCode.Forbidden"/>, or a value is not valid: nothing was called then.
    /// <see cref="ErrorCode.ModelFailed"/>: there are no vectors.
    /// </exception>
    public async Task<EmbeddingAnswer> EmbedAsync(Claims claims, EmbeddingCall call, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        call.Check();
        var embedder = await FindAsync(call, cancellationToken);
        var prompt = call.Input.Sum(text => TokenCount.Of(embedder.Reference, text));
        var reserved = new ReservedCall
        {
            Id = call.Id,
            What = "embedding",
            Operation = "embedding",
            Model = embedder.Reference,
            PromptTokens = prompt,
            MaxTokens = 0,
            EndUser = call.EndUser,
        };
        await store.ReserveAsync(claims, reserved, time.GetUtcNow() + PlaygroundService.Abandoned, cancellationToken);
        var started = time.GetTimestamp();
        var outcome = CallOutcome.Failed;
        TokenCounts? counted = null;
        try
        {
            var vectors = await embedder.Generator.GenerateAsync(call.Input, new EmbeddingGenerationOptions { Dimensions = call.Dimensions }, cancellationToken);
            if (vectors.Usage?.InputTokenCount is > 0 and var input) counted = new TokenCounts { Input = input, Output = 0 };
            outcome = CallOutcome.Succeeded;
            return new EmbeddingAnswer(embedder.Reference, [.. vectors.Select(v => v.Vector)], counted?.Input ?? prompt);
        }
        catch (EmbeddingException failure)
        {
            throw Failed(failure);
        }
        catch (OperationCanceledException)
        {
            outcome = CallOutcome.Stopped;
            throw;
        }
        finally
        {
            var usage = CallUsage.Of(
                outcome, counted, lookup: null, time.GetElapsedTime(started), hasAnswered: false, () => CallUsage.Estimate(outcome, embedder.Reference, prompt, ""));
            await store.SettleAsync(claims, call.Id, embedder.Reference, usage);
        }
    }

    async Task<EmbeddingModel> FindAsync(EmbeddingCall call, CancellationToken cancellationToken)
    {
        EmbeddingModel embedder;
        try
        {
            embedder = await embedders.GetAsync(cancellationToken);
        }
        catch (EmbeddingException failure)
        {
            throw Failed(failure);
        }

        if (call.Model != embedder.Reference.ToString() && call.Model != embedder.Reference.Model)
            throw new OvermindException(
                ErrorCode.ModelUnavailable, $"There is no embedder '{call.Model}'. This installation's is '{embedder.Reference}'.", "model");
        if (call.Dimensions is { } wanted && wanted != embedder.Dimensions && embedder.Generator is not RemoteEmbeddingGenerator)
            throw new OvermindException(
                ErrorCode.InvalidValue, $"The vectors of {embedder.Reference} have {embedder.Dimensions} dimensions and no other number. Leave dimensions out.", "dimensions");
        return embedder;
    }

    static OvermindException Failed(EmbeddingException failure) =>
        new(ErrorCode.ModelFailed, $"{failure.Message} To mend it: {failure.Remedy}.", inner: failure);
}
