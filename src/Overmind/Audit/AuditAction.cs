namespace Overmind.Audit;

/// <summary>What kind of act the audit log tells of.</summary>
public enum AuditAction
{
    Create,
    Read,
    Update,
    Delete,
    Execute,
    Login,
    Logout,
}
