using Overmind.Errors;

namespace Overmind.Postgres;

/// <summary>Says in words what the database would refuse.</summary>
static class PermissionCheck
{
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: the member has not this permission.</exception>
    public static void Ensure(this Claims claims, Permission permission)
    {
        if (claims.May(permission))
            return;
        throw new OvermindException(ErrorCode.Forbidden, PermissionCatalogue.Of(permission) switch
        {
            { Role: not OrganizationRole.Admin } => "A viewer may read, but not write. Ask an admin of the organization for the role user.",
            { IsGrantable: true } => $"This needs the permission {PermissionCatalogue.Name(permission)}, which admins have and can give. Ask one.",
            _ => $"This needs the permission {PermissionCatalogue.Name(permission)}, which admins have. Ask one.",
        });
    }
}
