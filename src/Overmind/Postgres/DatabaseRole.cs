namespace Overmind.Postgres;

/// <summary>The role that a batch sets; the request login is a member of each and inherits from none.</summary>
public enum DatabaseRole
{
    Anon,
    Authenticated,
    ServiceRole,
}
