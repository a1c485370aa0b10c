using Overmind.Access.Sessions;
using Overmind.Errors;

namespace Overmind.Access;

/// <summary>Turns what stands behind <c>Bearer</c> into a caller: an API key, an access token, or a token of the identity provider.</summary>
public sealed class CallerAuthenticator(ApiKeyAuthenticator keys, SessionAuthenticator sessions)
{
    const string KeyStart = "sk_";

    /// <param name="organizationId">Which of the caller's organizations; null: the key's or token's own.</param>
    /// <exception cref="OvermindException">As <see cref="SessionAuthenticator.AuthenticateAsync"/>; <see cref="ErrorCode.NotAMember"/>: the key is of another organization.</exception>
    /// <returns>Null when it is a key, and no usable one.</returns>
    public ValueTask<Caller?> AuthenticateAsync(string text, Guid? organizationId, CancellationToken cancellationToken)
    {
        if (IsAccessToken(text))
            return sessions.AuthenticateAsync(text, organizationId, cancellationToken);
        return organizationId is null ? keys.AuthenticateAsync(text, cancellationToken) : OfAsync(text, organizationId.Value, cancellationToken);
    }

    /// <summary>Who sent a request that failed, for the audit log; counts as no use, and null says that nobody is known by it.</summary>
    /// <param name="organizationId">Which of the caller's organizations they named; their own where it is none of theirs.</param>
    public async ValueTask<Caller?> FindAsync(string text, Guid? organizationId, CancellationToken cancellationToken)
    {
        if (!IsAccessToken(text))
            return await keys.FindAsync(text, cancellationToken);
        try
        {
            return await sessions.AuthenticateAsync(text, organizationId, cancellationToken);
        }
        catch (OvermindException refused)
        {
            return refused.Code is ErrorCode.NotAMember && organizationId is not null ? await FindAsync(text, null, cancellationToken) : null;
        }
    }

    static bool IsAccessToken(string text) => !text.StartsWith(KeyStart, StringComparison.Ordinal) && text.Contains('.');

    async ValueTask<Caller?> OfAsync(string text, Guid organizationId, CancellationToken cancellationToken)
    {
        var caller = await keys.AuthenticateAsync(text, cancellationToken);
        return caller is null || organizationId == caller.Claims.OrganizationId
            ? caller
            : throw new OvermindException(ErrorCode.NotAMember, "The API key belongs to another organization than x-org-id names. Leave the header out.");
    }
}
