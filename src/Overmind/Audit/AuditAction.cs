using System.Text.Json.Serialization;

namespace Overmind.Audit;

/// <summary>What kind of act the audit log tells of.</summary>
[JsonConverter(typeof(LowerSnakeEnum<AuditAction>))]
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
