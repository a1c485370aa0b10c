namespace Overmind.Audit;

/// <summary>How an act in the audit log ended.</summary>
public enum AuditStatus
{
    Success,
    Failure,
}
