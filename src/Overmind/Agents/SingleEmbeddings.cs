using Overmind.Models;
using Overmind.Models.Embeddings;
using Overmind.Models.Tokens;
using Overmind.Postgres;
using Overmind.Usage;

namespace Overmind.Agents;

/// <summary>Keeps in the ledger what other modules have embedded (<see cref="LedgerEmbedding"/>).</summary>
sealed class SingleEmbeddings(PlaygroundStore store, TimeProvider time)
{
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> MakeAsync(
        Claims claims, EmbeddingModel model, string what, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var prompt = texts.Sum(text => (long)TokenCount.Of(model.Reference, text));
        var reserved = new ReservedCall { Id = id, What = what, Operation = "embedding", Model = model.Reference, PromptTokens = prompt, MaxTokens = 0 };
        await store.ReserveAsync(claims, reserved, time.GetUtcNow() + PlaygroundService.Abandoned, cancellationToken);
        var started = time.GetTimestamp();
        var outcome = CallOutcome.Failed;
        TokenCounts? counted = null;
        try
        {
            var vectors = await model.Generator.GenerateAsync(texts, cancellationToken: cancellationToken);
            if (vectors.Usage?.InputTokenCount is > 0 and var input) counted = new TokenCounts { Input = input, Output = 0 };
            outcome = CallOutcome.Succeeded;
            return [.. vectors.Select(vector => vector.Vector)];
        }
        catch (OperationCanceledException)
        {
            outcome = CallOutcome.Stopped;
            throw;
        }
        finally
        {
            var usage = CallUsage.Of(
                outcome, counted, lookup: null, time.GetElapsedTime(started), hasAnswered: false, () => CallUsage.Estimate(outcome, model.Reference, prompt, ""));
            await store.SettleAsync(claims, id, model.Reference, usage);
        }
    }
}
