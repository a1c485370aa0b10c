using System.Collections.Concurrent;
using Overmind.Postgres;
using ZiggyCreatures.Caching.Fusion;

namespace Overmind.Access;

/// <summary>
/// Turns tokens into callers. A key that was found is kept for 60 seconds, and forgotten at once when any key changes
/// (NOTIFY <c>api_key_changed</c>), so that a request costs the database nothing but its own statements.
/// </summary>
public sealed class ApiKeyAuthenticator
{
    static readonly FusionCacheEntryOptions Kept = new() { Duration = TimeSpan.FromSeconds(60), Size = 1 };

    readonly ApiKeyStore _store;
    readonly IFusionCache _cache;
    readonly TimeProvider _time;
    readonly ConcurrentDictionary<(Guid OrganizationId, Guid ApiKeyId), ApiKeyUsage> _usages = new();

    // Part of each cache key, so that forgetting all keys is one step and a lookup under way cannot put an old answer back.
    int _generation;

    public ApiKeyAuthenticator(ApiKeyStore store, IFusionCache cache, NotificationListener listener, TimeProvider time)
    {
        (_store, _cache, _time) = (store, cache, time);
        listener.Subscribe("api_key_changed", _ => Forget());
    }

    /// <summary>Null when the token is not one of a usable key. Counts as a use of it.</summary>
    public ValueTask<Caller?> AuthenticateAsync(string text, CancellationToken cancellationToken)
    {
        var finding = FindAsync(text, cancellationToken);
        return finding.IsCompletedSuccessfully ? new(Used(finding.Result)) : UsedAsync(finding);
    }

    /// <summary>As above, and counts as no use.</summary>
    public ValueTask<Caller?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (ApiKeyToken.Parse(text) is not { } token)
            return default;
        var cacheKey = $"api_key:{Volatile.Read(ref _generation)}:{token.OrganizationId:N}:{token.SecretHash}";
        return _cache.TryGet<Caller>(cacheKey, token: cancellationToken) is { HasValue: true } found
            ? new(Usable(found.Value))
            : FindAsync(token, cacheKey, cancellationToken);
    }

    /// <summary>Whose key that is refused was, at most once a minute for each, so that who repeats it writes no log full; else null.</summary>
    public async ValueTask<RefusedKey?> FindRefusedAsync(string text, CancellationToken cancellationToken)
    {
        if (ApiKeyToken.Parse(text) is not { } token || _cache.TryGet<bool>($"refused_key:{token.SecretHash}", token: cancellationToken).HasValue)
            return null;
        _cache.Set($"refused_key:{token.SecretHash}", true, Kept, token: cancellationToken);
        return await _store.FindRefusedAsync(token, cancellationToken);
    }

    /// <summary>Forgets every key that is kept. Keys change seldom, so there is no need to know which.</summary>
    public void Forget() => Interlocked.Increment(ref _generation);

    /// <summary>The uses since the last call, by key.</summary>
    internal IReadOnlyList<ApiKeyUses> TakeUses()
    {
        var uses = new List<ApiKeyUses>();
        foreach (var ((organizationId, apiKeyId), usage) in _usages)
        {
            var (count, lastUsedAt) = usage.Take();
            if (count > 0)
                uses.Add(new ApiKeyUses(organizationId, apiKeyId, count, lastUsedAt));
        }
        return uses;
    }

    async ValueTask<Caller?> FindAsync(ApiKeyToken token, string cacheKey, CancellationToken cancellationToken)
    {
        if (await _store.AuthenticateAsync(token, cancellationToken) is not { } key)
            return null;
        var usage = _usages.GetOrAdd((token.OrganizationId, key.ApiKeyId), _ => new ApiKeyUsage());
        var caller = new Caller(key.ApiKeyId, key.Claims, key.Scopes, key.ExpiresAt, usage);
        _cache.Set(cacheKey, caller, Kept, token: cancellationToken);
        return Usable(caller);
    }

    Caller? Usable(Caller caller) => caller.ExpiresAt <= _time.GetUtcNow() ? null : caller;

    async ValueTask<Caller?> UsedAsync(ValueTask<Caller?> finding) => Used(await finding);

    Caller? Used(Caller? caller)
    {
        caller?.Usage!.Add(_time.GetUtcNow());
        return caller;
    }
}
