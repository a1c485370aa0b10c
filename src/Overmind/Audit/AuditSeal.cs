namespace Overmind.Audit;

/// <summary>A link of the chain over the audit log.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="RowCount">How many acts it seals.</param>
/// <param name="Hash">SHA-256 in hex, of what docs/audit.md says.</param>
sealed record AuditSeal(long Number, int RowCount, string Hash, DateTimeOffset CreatedAt);
