using System.Net;
using System.Security.Claims;
using Overmind.Postgres;

namespace Overmind.WebConsole.Access;

/// <summary>Reads the claims of the sign-in cookie.</summary>
static class MemberClaims
{
    public static Overmind.Postgres.Claims Of(ClaimsPrincipal user) => new(
        Id(user, "organization_id"),
        Id(user, ClaimTypes.NameIdentifier),
        LowerSnake.Read<OrganizationRole>(user.FindFirstValue(ClaimTypes.Role) ?? ""))
    {
        Origin = new RequestOrigin(
            IPAddress.TryParse(user.FindFirstValue("origin_ip"), out var ip) ? ip : null, user.FindFirstValue("origin_user_agent"), null),
        Granted = PermissionSet.Of(user.FindAll("permission").Select(claim => LowerSnake.Read<Permission>(claim.Value)).OfType<Permission>()),
    };

    /// <summary>The session that the cookie stands for.</summary>
    public static Guid? SessionId(ClaimsPrincipal user) => Id(user, "session_id");

    public static string Email(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Email) ?? user.Identity?.Name ?? "";

    static Guid? Id(ClaimsPrincipal user, string claim) => Guid.TryParse(user.FindFirstValue(claim), out var id) ? id : null;
}
