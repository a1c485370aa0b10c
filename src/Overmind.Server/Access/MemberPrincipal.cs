using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Overmind.Access;
using Overmind.Postgres;

namespace Overmind.Server.Access;

/// <summary>A member as the sign-in cookie has it.</summary>
static class MemberPrincipal
{
    const string Organization = "organization_id";
    const string Session = "session_id";
    const string Granted = "permission";

    public static ClaimsPrincipal Of(Member member, string email, Guid sessionId) => new(new ClaimsIdentity(
        [
            new(Session, sessionId.ToString()),
            new(Organization, member.Claims.OrganizationId!.Value.ToString()),
            new(ClaimTypes.NameIdentifier, member.Claims.UserId!.Value.ToString()),
            new(ClaimTypes.Role, LowerSnake.Write(member.Claims.Role!.Value)),
            new(ClaimTypes.Name, member.Name),
            new(ClaimTypes.Email, email),
            .. Permissions(member.Claims),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));

    /// <summary>Null when the cookie is of another shape than this version's.</summary>
    public static Overmind.Postgres.Claims? Claims(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(Organization), out var organization)
        && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var user)
        && LowerSnake.Read<OrganizationRole>(principal.FindFirstValue(ClaimTypes.Role) ?? "") is { } role
            ? new Overmind.Postgres.Claims(organization, user, role)
            {
                Granted = PermissionSet.Of(principal.FindAll(Granted).Select(claim => LowerSnake.Read<Permission>(claim.Value)).OfType<Permission>()),
            }
            : null;

    /// <summary>The session that the cookie stands for; null in a cookie of another shape.</summary>
    public static Guid? SessionId(ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(Session), out var id) ? id : null;

    /// <summary>The same member with another role or other grants.</summary>
    public static ClaimsPrincipal With(ClaimsPrincipal principal, Overmind.Postgres.Claims now) => new(new ClaimsIdentity(
        principal.Claims.Where(claim => claim.Type is not (ClaimTypes.Role or Granted))
            .Append(new Claim(ClaimTypes.Role, LowerSnake.Write(now.Role!.Value)))
            .Concat(Permissions(now)),
        CookieAuthenticationDefaults.AuthenticationScheme));

    static IEnumerable<Claim> Permissions(Overmind.Postgres.Claims claims) =>
        claims.Granted.Members().Select(permission => new Claim(Granted, PermissionCatalogue.Name(permission)));
}
