using System.Security.Claims;
using Overmind.Access;

namespace Overmind.Server.Mcp;

/// <summary>Carries who calls from the route to the tools: the protocol's library hands on the user of the request, where it is one that is authenticated.</summary>
sealed class McpCaller(Caller caller) : ClaimsPrincipal(new ClaimsIdentity("Bearer"))
{
    public Caller Caller { get; } = caller;
}
