using Overmind.Models;
using Overmind.Postgres;

namespace Overmind.Usage.Cache;

/// <summary>The chat models there are, behind the response cache.</summary>
public sealed class CachedModels(ChatModels models, ResponseCache cache)
{
    /// <summary>The client of a model for one call.</summary>
    /// <param name="policy">Null: the cache is off.</param>
    /// <param name="question">The part of the last message that is the question; null: all of it.</param>
    /// <param name="ledgerId">The call's row of the ledger.</param>
    /// <param name="lookedUp">Told what looking into the cache came to, as soon as that is known; null: nobody looked.</param>
    /// <exception cref="ModelUnavailableException">As <see cref="ChatModels.GetAsync"/>.</exception>
    internal async ValueTask<CachedChatClient> GetAsync(
        Claims claims, ModelReference model, CachePolicy? policy, string? question, Guid ledgerId, Action<CacheLookup?> lookedUp, CancellationToken cancellationToken) =>
        new(await models.GetAsync(claims, model, cancellationToken), cache, claims, model, policy, question, ledgerId, lookedUp);
}
