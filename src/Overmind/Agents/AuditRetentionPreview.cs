namespace Overmind.Agents;

/// <summary>What <see cref="OrganizationSettings.AuditRetentionDays"/> would delete. In JSON as it stands here, in snake_case.</summary>
public sealed record AuditRetentionPreview
{
    /// <summary>Always <c>audit_retention.preview</c>.</summary>
    public string Object { get; } = "audit_retention.preview";

    public required int AuditRetentionDays { get; init; }

    /// <summary>How many acts are older.</summary>
    public required long AuditLogCount { get; init; }
}
