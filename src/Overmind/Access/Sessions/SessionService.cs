using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access.Sessions;

/// <summary>Signing in on devices, going on, and ending it; one's own sessions alone.</summary>
public sealed class SessionService
{
    readonly SessionStore _store;
    readonly SignInService _signIn;
    readonly SessionAuthenticator _authenticator;
    readonly SignInOptions _options;
    readonly AccessTokens _tokens;

    public SessionService(
        SessionStore store, SignInService signIn, SessionAuthenticator authenticator, SigningKeys keys, SignInOptions options, TimeProvider time) =>
        (_store, _signIn, _authenticator, _options, _tokens) = (store, signIn, authenticator, options, new AccessTokens(keys, options, time));

    /// <summary>Signs a program in.</summary>
    /// <param name="organizationId">In which of their organizations; null: their first.</param>
    /// <param name="deviceName">What the device is called in the list, at most 255 characters; null: nothing.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidCredentials"/>, <see cref="ErrorCode.TooManyAttempts"/>, <see cref="ErrorCode.NotAMember"/>.</exception>
    public async Task<SessionTokens> SignInAsync(
        string email, string password, Guid? organizationId, string? deviceName, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        var checks = new Checks();
        checks.Text("device_name", deviceName, 1, 255);
        checks.ThrowIfAny();
        var member = await _signIn.VerifyAsync(email, password, origin, cancellationToken);
        var claims = organizationId is null
            ? member.Claims
            : await _store.MembershipAsync(member.Claims.UserId!.Value, organizationId, cancellationToken) ?? throw SessionAuthenticator.NotAMember();
        return await StartAsync(claims, deviceName, origin, cancellationToken);
    }

    /// <summary>Signs a program in as somebody who has just shown who they are.</summary>
    public async Task<SessionTokens> StartAsync(Claims member, string? deviceName, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        var token = RefreshToken.Generate();
        var id = await _store.StartAsync(member, DeviceType.Api, deviceName, origin, _options.RefreshLifetime, token, cancellationToken)
            ?? throw SessionAuthenticator.NotAMember();
        return await TokensAsync(id, member, token, cancellationToken);
    }

    /// <summary>Signs a browser in: the session that its cookie names.</summary>
    public async Task<Guid> StartWebAsync(Claims member, RequestOrigin? origin, CancellationToken cancellationToken) =>
        await _store.StartAsync(member, DeviceType.Web, null, origin, _options.CookieLifetime, null, cancellationToken) ?? throw SessionAuthenticator.NotAMember();

    /// <summary>The same person and browser in another organization of theirs; null when they are no member of it, or the session has ended.</summary>
    public async Task<Member?> SwitchAsync(Claims claims, Guid id, Guid organizationId, CancellationToken cancellationToken)
    {
        var moved = await _store.MoveAsync(id, claims.UserId!.Value, organizationId, cancellationToken);
        _authenticator.Forget();
        return moved;
    }

    /// <summary>Takes a refresh token for the next pair. Callers that do it at once are given the same successor.</summary>
    /// <param name="organizationId">In which of their organizations from now on; null: as before.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.InvalidRefreshToken"/>, <see cref="ErrorCode.SessionEnded"/>, <see cref="ErrorCode.NotAMember"/>; <see cref="ErrorCode.RefreshTokenReused"/>: it was
    /// used before, somebody has it who should not, and the session has ended.
    /// </exception>
    public async Task<SessionTokens> RefreshAsync(string refreshToken, Guid? organizationId, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        var token = RefreshToken.Parse(refreshToken) ?? throw Unknown();
        var refreshed = await _store.RefreshAsync(token, RefreshToken.NewSalt(), organizationId, origin, _options, cancellationToken);
        switch (refreshed.Outcome)
        {
            case "refreshed":
                return await TokensAsync(refreshed.SessionId!.Value, refreshed.Claims!, token.Successor(refreshed.Salt!), cancellationToken);
            case "reused":
                _authenticator.Forget();
                throw new OvermindException(
                    ErrorCode.RefreshTokenReused, "This refresh token was used before. The session has ended, for it may have been stolen. Sign in again.");
            case "ended":
                throw new OvermindException(ErrorCode.SessionEnded, "The session of this refresh token has ended. Sign in again.");
            case "no_member":
                throw SessionAuthenticator.NotAMember();
            default:
                throw Unknown();
        }
    }

    /// <summary>One's own sessions that are in force, newest first.</summary>
    /// <param name="current">The one that asks.</param>
    public async Task<Page<Session>> ListAsync(Claims claims, Guid? current, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        var found = await _store.ListAsync(claims, page, cancellationToken);
        return page.PageOf<Session>([.. found.Select(session => session with { IsCurrent = session.Id == current })]);
    }

    /// <summary>Ends one of one's own.</summary>
    /// <param name="isSignOut">Whether it is the one that asks.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.SessionNotFound"/>.</exception>
    public async Task RevokeAsync(Claims claims, Guid id, bool isSignOut, CancellationToken cancellationToken)
    {
        var ended = await _store.RevokeAsync(claims, id, others: false, isSignOut ? "signed_out" : "revoked", cancellationToken);
        _authenticator.Forget();
        if (ended.Count == 0)
            throw new OvermindException(ErrorCode.SessionNotFound, $"There is no session {id} of yours, or it has ended.");
    }

    /// <summary>Ends all of one's own but one; returns how many.</summary>
    /// <param name="except">The one that asks; null: none goes on.</param>
    public async Task<int> RevokeAllAsync(Claims claims, Guid? except, CancellationToken cancellationToken)
    {
        var ended = await _store.RevokeAsync(claims, except, others: true, "revoked", cancellationToken);
        _authenticator.Forget();
        return ended.Count;
    }

    async Task<SessionTokens> TokensAsync(Guid id, Claims member, RefreshToken token, CancellationToken cancellationToken) => new()
    {
        AccessToken = await _tokens.CreateAsync(id, member, cancellationToken),
        ExpiresIn = (int)_options.AccessTokenLifetime.TotalSeconds,
        RefreshToken = token.Text,
        SessionId = id,
        UserId = member.UserId!.Value,
        OrganizationId = member.OrganizationId!.Value,
        Role = LowerSnake.Write(member.Role!.Value),
    };

    static OvermindException Unknown() => new(ErrorCode.InvalidRefreshToken, "The refresh token is unknown. Sign in with POST /v1/auth/sign_in.");
}
