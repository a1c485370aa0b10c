using System.Text.Json.Serialization;

namespace Overmind.Audit;

/// <summary>How an act in the audit log ended.</summary>
[JsonConverter(typeof(LowerSnakeEnum<AuditStatus>))]
public enum AuditStatus
{
    Success,
    Failure,
}
