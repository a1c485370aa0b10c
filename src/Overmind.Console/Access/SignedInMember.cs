using Microsoft.AspNetCore.Components.Authorization;
using Overmind.Postgres;

namespace Overmind.WebConsole.Access;

/// <summary>The signed-in member of this page.</summary>
public sealed class SignedInMember(AuthenticationStateProvider authentication)
{
    /// <summary>Their claims on the database.</summary>
    public async Task<Claims> ClaimsAsync() => MemberClaims.Of((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>Their session in this browser.</summary>
    public async Task<Guid?> SessionIdAsync() => MemberClaims.SessionId((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>Their e-mail address.</summary>
    public async Task<string> EmailAsync() => MemberClaims.Email((await authentication.GetAuthenticationStateAsync()).User);
}
