namespace Overmind.Client;

/// <summary>What <see cref="OrganizationSettings.AuditRetentionDays"/> would delete.</summary>
public sealed record AuditRetentionPreview
{
    public required int AuditRetentionDays { get; init; }

    /// <summary>How many acts are older.</summary>
    public required long AuditLogCount { get; init; }
}
