using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;
using Overmind.Access.Sessions;

namespace Overmind.WebConsole.Access;

/// <summary>
/// A page that stays open asks every minute whether its session goes on, and its member is still one with the same role and grants. When not, the page is loaded again,
/// and the sign-in decides.
/// </summary>
sealed class MemberRevalidation(ILoggerFactory logs, SessionAuthenticator sessions) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var claims = MemberClaims.Of(authenticationState.User);
        if (MemberClaims.SessionId(authenticationState.User) is not { } session || claims.UserId is not { } user)
            return false;
        try
        {
            return await sessions.FindAsync(session, user, claims.OrganizationId, cancellationToken) == claims with { Origin = null };
        }
        catch (Npgsql.NpgsqlException)
        {
            // A database that does not answer says nothing about the member, and shows nothing either.
            return true;
        }
    }
}
