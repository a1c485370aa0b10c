using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;
using Overmind.Access;

namespace Overmind.WebConsole.Access;

/// <summary>
/// A page that stays open asks every minute whether its member is still one, with the same role. When not, the page is loaded again,
/// and the sign-in decides.
/// </summary>
sealed class MemberRevalidation(ILoggerFactory logs, SignInService signIn) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var claims = MemberClaims.Of(authenticationState.User);
        try
        {
            return await signIn.RefreshAsync(claims, cancellationToken) == claims;
        }
        catch (Npgsql.NpgsqlException)
        {
            // A database that does not answer says nothing about the member, and shows nothing either.
            return true;
        }
    }
}
