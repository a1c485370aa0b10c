using Overmind.Errors;

namespace Overmind.Postgres;

/// <summary>Says in words what the database would refuse.</summary>
static class WriterCheck
{
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: a viewer only reads.</exception>
    public static void EnsureMayWrite(this Claims claims)
    {
        if (!claims.May(Permission.ContentWrite))
            throw new OvermindException(ErrorCode.Forbidden, "A viewer may read, but not write. Ask an admin of the organization for the role user.");
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: the member has not this permission.</exception>
    public static void Ensure(this Claims claims, Permission permission)
    {
        if (claims.May(permission))
            return;
        throw new OvermindException(ErrorCode.Forbidden, PermissionCatalogue.Of(permission).IsGrantable
            ? $"This needs the permission {PermissionCatalogue.Name(permission)}, which admins have and can give. Ask one."
            : $"This needs the permission {PermissionCatalogue.Name(permission)}, which admins have. Ask one.");
    }
}
