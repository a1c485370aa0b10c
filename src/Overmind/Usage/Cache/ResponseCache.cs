using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Overmind.Models;
using Overmind.Models.Embeddings;
using Overmind.Postgres;

namespace Overmind.Usage.Cache;

/// <summary>Answers that may be given again. What fails here fails no call: the model is asked, as if there were no cache.</summary>
public sealed class ResponseCache(
    CacheStore store, EmbeddingModels embedders, CallPrices prices, NotificationListener listener, TimeProvider time, ILogger<ResponseCache> logger)
{
    /// <summary>Who waits for another's call looks this often, should the notification be lost.</summary>
    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>Longer nobody waits for another's call: then they make it themselves.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    readonly NotificationSignals _ended = new(listener, "cached_call_ended");

    /// <summary>Looks for an answer. Where there is none and somebody else is asking the same, waits for theirs.</summary>
    internal async Task<CachedCall> OpenAsync(Claims claims, CachedRequest request, CachePolicy policy, CancellationToken cancellationToken)
    {
        if (!policy.Reads) return new CachedCall(null, null);
        try
        {
            if (await store.FindAsync(claims, request.Key, cancellationToken) is { } same) return new CachedCall(same, null);
            if (await FindSimilarAsync(claims, request, policy, cancellationToken) is { } similar) return new CachedCall(similar, null);
            return policy.Stores ? await BoardAsync(claims, request.Key, cancellationToken) : new CachedCall(null, null);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.CacheNotRead(failure);
            return new CachedCall(null, null);
        }
    }

    /// <summary>Keeps an answer that has ended well, and lets those go on who wait for it.</summary>
    internal async Task StoreAsync(
        Claims claims, CachedRequest request, CachePolicy policy, AnswerRecorder recorder, long promptTokens, Guid ledgerId, CacheFlight? flight)
    {
        if (recorder.Answer() is not { } response) return;
        try
        {
            var used = recorder.Counts is { } counts
                ? new CallUsage { Counts = counts, Outcome = CallOutcome.Succeeded }
                : CallUsage.Estimate(CallOutcome.Succeeded, request.Model, promptTokens, recorder.Text);
            var usage = await prices.PriceAsync(claims, new EndedCall(ledgerId, request.Model, used), CancellationToken.None);
            var answer = new NewAnswer(
                request, policy, await EmbedAsync(request, CancellationToken.None), recorder.Text, response, usage.Counts.Input, usage.Counts.Output, usage.CostUsd, ledgerId);
            await store.StoreAsync(claims, answer, flight?.Holder, CancellationToken.None);
            flight?.HasEnded = true;
        }
        catch (Exception failure)
        {
            logger.CacheNotWritten(failure);
        }
    }

    async Task<FoundAnswer?> FindSimilarAsync(Claims claims, CachedRequest request, CachePolicy policy, CancellationToken cancellationToken) =>
        await EmbedAsync(request, cancellationToken) is { } question
            ? (await store.FindSimilarAsync(claims, request.Scope!, question, policy.MinSimilarity, cancellationToken))
                .FirstOrDefault(f => QuestionWords.InSameOrder(f.Question!, request.Question!))
            : null;

    async Task<QuestionVector?> EmbedAsync(CachedRequest request, CancellationToken cancellationToken)
    {
        if (request is not { Scope: not null, Question: { } question }) return null;
        try
        {
            var embedder = await embedders.GetAsync(cancellationToken);
            return new QuestionVector(embedder.Reference, await embedder.Generator.GenerateVectorAsync(question, cancellationToken: cancellationToken));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.QuestionNotEmbedded(failure);
            return null;
        }
    }

    /// <summary>One of those who ask the same asks the model; the others wait. When it fails, one of them does, and so on.</summary>
    async Task<CachedCall> BoardAsync(Claims claims, string key, CancellationToken cancellationToken)
    {
        var (holder, since) = (Guid.CreateVersion7(), time.GetTimestamp());
        while (true)
        {
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // Before looking, so that no end is missed.
            using var registration = _ended.Register(key, () => ended.TrySetResult());
            var (begun, found) = await store.BeginAsync(claims, key, holder, CacheFlight.Lease, cancellationToken);
            if (found is not null && begun) await store.EndAsync(claims, key, holder, cancellationToken);
            if (found is not null) return new CachedCall(found, null);
            if (begun) return new CachedCall(null, new CacheFlight(store, claims, key, holder, time, logger.CacheNotWritten));
            if (time.GetElapsedTime(since) >= Patience) return new CachedCall(null, null);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(ended.Task, Task.Delay(Look, time, timeout.Token));
            await timeout.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
