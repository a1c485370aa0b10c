using Overmind.Errors;

namespace Overmind.Postgres;

/// <summary>Says in words what the database would refuse.</summary>
static class WriterCheck
{
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: a viewer only reads.</exception>
    public static void EnsureMayWrite(this Claims claims)
    {
        if (claims.Role is null or OrganizationRole.Viewer)
            throw new OvermindException(ErrorCode.Forbidden, "A viewer may read, but not write. Ask an admin of the organization for the role user.");
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>: only an admin may.</exception>
    public static void EnsureIsAdmin(this Claims claims)
    {
        if (claims.Role is not OrganizationRole.Admin)
            throw new OvermindException(ErrorCode.Forbidden, "Only an admin of the organization may do this. Ask one.");
    }
}
