using System.Security.Cryptography;
using System.Text;
using Overmind.Access.ExternalIdentities;
using Overmind.Errors;
using Overmind.Postgres;
using ZiggyCreatures.Caching.Fusion;

namespace Overmind.Access.Sessions;

/// <summary>
/// Turns access tokens and cookies into callers. Signatures are verified here; that the session is in force, and as what, is kept for 60 seconds and
/// forgotten at once when a session ends or a membership changes (NOTIFY <c>session_changed</c>), so that a request costs the database nothing but its own
/// statements.
/// </summary>
public sealed class SessionAuthenticator
{
    static readonly FusionCacheEntryOptions Kept = new() { Duration = TimeSpan.FromSeconds(60), Size = 1 };

    readonly SessionStore _store;
    readonly AccessTokens _tokens;
    readonly ExternalIdentityService _external;
    readonly IFusionCache _cache;
    readonly TimeProvider _time;

    // Part of each cache key, as with API keys.
    int _generation;

    public SessionAuthenticator(
        SessionStore store, SigningKeys keys, SignInOptions options, ExternalIdentityService external, IFusionCache cache, NotificationListener listener, TimeProvider time)
    {
        (_store, _tokens, _external, _cache, _time) = (store, new AccessTokens(keys, options, time), external, cache, time);
        listener.Subscribe("session_changed", _ => Forget());
    }

    /// <param name="organizationId">Which of the caller's organizations; null: the token's.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.InvalidAccessToken"/>, <see cref="ErrorCode.AccessTokenExpired"/>, <see cref="ErrorCode.SessionEnded"/>, <see cref="ErrorCode.NotAMember"/>.
    /// </exception>
    public ValueTask<Caller?> AuthenticateAsync(string text, Guid? organizationId, CancellationToken cancellationToken)
    {
        var key = $"caller:{Volatile.Read(ref _generation)}:{Digest(text)}:{organizationId:N}";
        return _cache.TryGet<Caller>(key, token: cancellationToken) is { HasValue: true, Value: var caller } && caller.ExpiresAt > _time.GetUtcNow()
            ? new(caller)
            : VerifyAsync(text, organizationId, key, cancellationToken);
    }

    /// <summary>Who a session is in an organization; null when it has ended or they are no member there any more.</summary>
    public async ValueTask<Claims?> FindAsync(Guid sessionId, Guid userId, Guid? organizationId, CancellationToken cancellationToken) =>
        (await StandingAsync(sessionId, userId, organizationId, cancellationToken))?.Claims;

    /// <summary>Forgets every session that is kept.</summary>
    public void Forget() => Interlocked.Increment(ref _generation);

    async ValueTask<Caller?> VerifyAsync(string text, Guid? organizationId, string key, CancellationToken cancellationToken)
    {
        var token = AccessTokens.Read(text) ?? throw AccessTokens.Invalid("It is neither an API key nor a JWT.");
        // RFC 7515, section 4.1.11: who does not know an extension that is critical refuses the token. None is known here, and the library looks at none.
        if (token.TryGetHeaderValue<object>("crit", out _))
            throw AccessTokens.Invalid("It asks for an extension (crit) that is not known here.");
        var caller = _external.Knows(token.Issuer)
            ? await _external.AuthenticateAsync(token, organizationId, cancellationToken)
            : await OwnAsync(await _tokens.VerifyAsync(token, cancellationToken), organizationId, cancellationToken);
        _cache.Set(key, caller, Kept, token: cancellationToken);
        return caller;
    }

    async Task<Caller> OwnAsync(AccessToken token, Guid? organizationId, CancellationToken cancellationToken)
    {
        var standing = await StandingAsync(token.SessionId, token.UserId, organizationId ?? token.OrganizationId, cancellationToken)
            ?? throw new OvermindException(ErrorCode.SessionEnded, "The session of this access token has ended. Sign in with POST /v1/auth/sign_in.");
        var claims = standing.Claims ?? throw NotAMember();
        return new Caller(null, claims, ApiKeyScopes.All, token.ExpiresAt, null) { SessionId = token.SessionId };
    }

    internal static OvermindException NotAMember() => new(
        ErrorCode.NotAMember, "You are no member of this organization. Name one of yours in x-org-id, or leave the header out.");

    async ValueTask<SessionStanding?> StandingAsync(Guid sessionId, Guid userId, Guid? organizationId, CancellationToken cancellationToken)
    {
        var key = $"session:{Volatile.Read(ref _generation)}:{sessionId:N}:{userId:N}:{organizationId:N}";
        if (_cache.TryGet<SessionStanding>(key, token: cancellationToken) is { HasValue: true, Value: var kept })
            return kept.ExpiresAt > _time.GetUtcNow() ? kept : null;
        if (await _store.AuthenticateAsync(sessionId, userId, organizationId, cancellationToken) is not { } found)
            return null;
        _cache.Set(key, found, Kept, token: cancellationToken);
        return found;
    }

    // A token's own text would stay in memory, and in whatever shows the cache.
    static string Digest(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash);
    }
}
