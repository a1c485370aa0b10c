using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Overmind.Models;
using Overmind.Models.Tokens;
using Overmind.Postgres;

namespace Overmind.Usage.Cache;

/// <summary>A model's client for one call, which answers from the response cache where it may, and keeps what the model answers.</summary>
/// <param name="question">The part of the last message that is the question; null: all of it.</param>
/// <param name="ledgerId">The call's row of the ledger.</param>
/// <param name="lookedUp">Told what looking came to, as soon as that is known; null: nobody looked.</param>
sealed class CachedChatClient(
    IChatClient client, ResponseCache cache, Claims claims, ModelReference model, CachePolicy? policy, string? question, Guid ledgerId,
    Action<CacheLookup?> lookedUp) : DelegatingChatClient(client)
{
    /// <summary>True once the model has been asked.</summary>
    public bool IsAsked { get; private set; }

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> sent = [.. messages];
        var request = policy is null ? null : CachedRequest.Of(model, policy, sent, options, question);
        var (found, opened) = request is null ? new CachedCall(null, null) : await cache.OpenAsync(claims, request, policy!, cancellationToken);
        await using var flight = opened;
        lookedUp(request is null || !policy!.Reads ? null : found is null ? new CacheLookup(model) : Hit(found));
        if (found is not null)
        {
            foreach (var update in CachedAnswer.Read(found.Response)) yield return update;
            yield break;
        }

        IsAsked = true;
        var recorder = new AnswerRecorder();
        await foreach (var update in base.GetStreamingResponseAsync(sent, options, cancellationToken))
        {
            recorder.Add(update);
            yield return update;
        }

        if (request is not null && policy!.Stores)
            await cache.StoreAsync(claims, request, policy, recorder, TokenCount.Of(model, sent), ledgerId, flight);
    }

    CacheLookup Hit(FoundAnswer found) => new(
        model, found.Similarity is null ? CacheHitKind.Exact : CacheHitKind.Semantic, found.EntryId, found.Similarity, found.TokensUsed, found.Cost);
}
