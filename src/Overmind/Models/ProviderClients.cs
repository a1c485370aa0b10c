using Overmind.Models.Providers;
using Overmind.Postgres;
using ZiggyCreatures.Caching.Fusion;

namespace Overmind.Models;

/// <summary>
/// The connected providers of organizations. One that was found is kept for 10 minutes with its connections, and forgotten at once when any
/// provider changes (NOTIFY <c>model_provider_changed</c>).
/// </summary>
public sealed class ProviderClients
{
    static readonly FusionCacheEntryOptions Kept = new() { Duration = TimeSpan.FromMinutes(10), Size = 1 };

    readonly ModelProviderStore _store;
    readonly IFusionCache _cache;
    readonly TimeProvider _time;

    // Part of each cache key, so that forgetting is one step and a lookup under way cannot put an old answer back.
    int _generation;

    public ProviderClients(ModelProviderStore store, IFusionCache cache, NotificationListener listener, TimeProvider time)
    {
        (_store, _cache, _time) = (store, cache, time);
        listener.Subscribe("model_provider_changed", _ => Forget());
    }

    /// <summary>Forgets every provider that is kept. Calls in the air go on.</summary>
    public void Forget() => Interlocked.Increment(ref _generation);

    /// <summary>The keys of an organization's active providers, in order.</summary>
    internal async Task<IReadOnlyList<string>> KeysAsync(Claims claims, CancellationToken cancellationToken) =>
        [.. (await _store.ListAsync(claims, null, cancellationToken)).Where(p => p.IsActive).Select(p => p.Key)];

    /// <summary>Null when the organization has no active provider of that key.</summary>
    internal ValueTask<ProviderClient?> FindAsync(Claims claims, string key, CancellationToken cancellationToken)
    {
        var cacheKey = $"model_provider:{Volatile.Read(ref _generation)}:{claims.OrganizationId:N}:{key}";
        return _cache.TryGet<ProviderClient>(cacheKey, token: cancellationToken) is { HasValue: true } found
            ? new(found.Value)
            : new(ConnectAsync(claims, key, cacheKey, cancellationToken));
    }

    async Task<ProviderClient?> ConnectAsync(Claims claims, string key, string cacheKey, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(claims, key, cancellationToken) is not { } connection) return null;
        var client = new ProviderClient(connection, _time);
        _cache.Set(cacheKey, client, Kept, token: cancellationToken);
        return client;
    }
}
