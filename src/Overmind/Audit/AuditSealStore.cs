using Overmind.Postgres;

namespace Overmind.Audit;

/// <summary>The SQL of sealing.</summary>
sealed class AuditSealStore(Database database)
{
    const string SealSql = "select number, row_count, hash, created_at from overmind.seal_audit_logs()";

    /// <summary>Seals what is new; null when nothing is, or another node is at it.</summary>
    internal Task<AuditSeal?> SealAsync(CancellationToken cancellationToken) => database.FindAsync(
        Claims.Service, new Statement(SealSql),
        row => new AuditSeal(row.GetInt64(0), row.GetInt32(1), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)), row.Time(3)), cancellationToken);
}
