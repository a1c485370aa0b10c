using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>The API keys of a member; an admin sees and revokes those of the whole organization.</summary>
/// <param name="authenticator">This node's, where it serves requests: it forgets a revoked key at once, the others when they hear of it.</param>
public sealed class ApiKeyService(ApiKeyStore store, TimeProvider time, ApiKeyAuthenticator? authenticator = null)
{
    /// <summary>How long a rotated key is good beside the new one, unless it is said: a day, in which a program is given the new one.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromDays(1);

    static readonly TimeSpan MaxGrace = TimeSpan.FromDays(30);

    /// <summary>Makes a key for the member in <paramref name="claims"/>. The token is not readable afterwards.</summary>
    public async Task<(ApiKey Key, ApiKeyToken Token)> CreateAsync(Claims claims, NewApiKey key, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        key.Check(time.GetUtcNow());
        var token = ApiKeyToken.Generate(claims.OrganizationId!.Value);
        return ((await store.InsertAsync(claims, key, token, cancellationToken))!, token);
    }

    /// <summary>The same by a key itself, which hands on no more than it has.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InsufficientScope"/>; <see cref="ErrorCode.InvalidValue"/>: the new key would outlive it.</exception>
    public Task<(ApiKey Key, ApiKeyToken Token)> CreateAsync(Caller caller, NewApiKey key, CancellationToken cancellationToken)
    {
        EnsureHandsOn(caller, key.Scopes, key.ExpiresAt);
        return CreateAsync(caller.Claims, key, cancellationToken);
    }

    public async Task<Page<ApiKey>> ListAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await store.ListAsync(claims, page, cancellationToken));
    }

    /// <summary>Ends a key: on this node at once, on the others as soon as they hear of it.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ApiKeyNotFound"/>.</exception>
    public async Task<ApiKey> RevokeAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var revoked = await store.RevokeAsync(claims, id, cancellationToken)
            ?? throw NotFound(id);
        authenticator?.Forget();
        return revoked;
    }

    /// <summary>The same by a key: itself, with whatever scopes it has, or another one.</summary>
    /// <exception cref="OvermindException">As above; <see cref="ErrorCode.InsufficientScope"/>.</exception>
    public Task<ApiKey> RevokeAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.ApiKeyId != id) caller.Ensure(ApiKeyScope.ApiKeysAdmin);
        return RevokeAsync(caller.Claims, id, cancellationToken);
    }

    /// <summary>
    /// Makes a key that takes the place of one's own: with its name, scopes and expiry, and another secret. The old one is good until the grace period is over,
    /// or until it would have ended anyway.
    /// </summary>
    /// <param name="grace">0 to 30 days.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.ApiKeyNotFound"/>; <see cref="ErrorCode.Forbidden"/>: it is somebody else's; <see cref="ErrorCode.ApiKeyNotRotatable"/>.
    /// </exception>
    public async Task<(ApiKey Key, ApiKeyToken Token)> RotateAsync(Claims claims, Guid id, TimeSpan grace, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        EnsureGrace(grace);
        return await RotateAsync(claims, await OwnAsync(claims, id, cancellationToken), grace, cancellationToken);
    }

    /// <summary>The same by a key: itself, or another that has no more than it.</summary>
    /// <exception cref="OvermindException">As above; <see cref="ErrorCode.InsufficientScope"/>.</exception>
    public async Task<(ApiKey Key, ApiKeyToken Token)> RotateAsync(Caller caller, Guid id, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (caller.ApiKeyId == id)
            return await RotateAsync(caller.Claims, id, grace, cancellationToken);
        caller.Ensure(ApiKeyScope.ApiKeysAdmin);
        caller.Claims.Ensure(Permission.ContentWrite);
        EnsureGrace(grace);
        var key = await OwnAsync(caller.Claims, id, cancellationToken);
        EnsureHandsOn(caller, key.Scopes, key.ExpiresAt);
        return await RotateAsync(caller.Claims, key, grace, cancellationToken);
    }

    async Task<(ApiKey Key, ApiKeyToken Token)> RotateAsync(Claims claims, ApiKey key, TimeSpan grace, CancellationToken cancellationToken)
    {
        var token = ApiKeyToken.Generate(claims.OrganizationId!.Value);
        var made = await store.RotateAsync(claims, key.Id, token, grace, cancellationToken)
            ?? throw new OvermindException(
                ErrorCode.ApiKeyNotRotatable, "The API key was rotated already, is revoked or has expired. Rotate the key that replaces it, or make another.");
        authenticator?.Forget();
        return (made, token);
    }

    // The new key acts for the member who asks: an admin who rotated another's would take their place, or give theirs away.
    async Task<ApiKey> OwnAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        var key = await store.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);
        return key.UserId == claims.UserId
            ? key
            : throw new OvermindException(ErrorCode.Forbidden, "Only the member for whom an API key acts rotates it. Revoke it, and let them make another.");
    }

    static void EnsureHandsOn(Caller caller, IEnumerable<ApiKeyScope> scopes, DateTimeOffset? expiresAt)
    {
        if (caller is { ApiKeyId: not null, ExpiresAt: { } end } && !(expiresAt <= end))
            throw new OvermindException(ErrorCode.InvalidValue, $"expires_at is at most {end:O}: no key outlives the one that hands it out.", "expires_at");
        foreach (var scope in scopes.Where(scope => !caller.Scopes.Include(scope)))
            throw new OvermindException(
                ErrorCode.InsufficientScope, $"A key hands on no scope that it has not itself: this one has not {LowerSnake.Write(scope)}.", "scopes");
    }

    static void EnsureGrace(TimeSpan grace)
    {
        if (grace < TimeSpan.Zero || grace > MaxGrace)
            throw new OvermindException(
                ErrorCode.InvalidValue, $"grace_period_seconds is 0 to {MaxGrace.TotalSeconds} (30 days).", "grace_period_seconds");
    }

    static OvermindException NotFound(Guid id) => new(ErrorCode.ApiKeyNotFound, $"There is no API key {id}.");
}
