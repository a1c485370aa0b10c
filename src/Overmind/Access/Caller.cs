using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>Who calls, with an API key or an access token.</summary>
/// <param name="ApiKeyId">The key; null: it is an access token.</param>
/// <param name="Claims">The member it acts for.</param>
/// <param name="Scopes">What it may do; an access token everything that its member may.</param>
/// <param name="ExpiresAt">When it ends; null: never.</param>
/// <param name="Usage">Where requests of a key are counted.</param>
public sealed record Caller(Guid? ApiKeyId, Claims Claims, ApiKeyScopes Scopes, DateTimeOffset? ExpiresAt, ApiKeyUsage? Usage)
{
    /// <summary>The session of an access token of this installation; null for a key, and for a token of an identity provider.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>What requests are limited by: the key, the session, else the person.</summary>
    public Guid Id => ApiKeyId ?? SessionId ?? Claims.UserId!.Value;

    /// <exception cref="OvermindException"><see cref="ErrorCode.InsufficientScope"/>.</exception>
    public void Ensure(ApiKeyScope scope)
    {
        if (!Scopes.Include(scope))
            throw new OvermindException(ErrorCode.InsufficientScope, $"This needs a key with the scope {ApiKeyScopes.Wording(scope)}.");
    }
}
