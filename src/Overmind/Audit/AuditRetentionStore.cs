using Overmind.Postgres;

namespace Overmind.Audit;

/// <summary>The SQL of what an organization keeps of its audit log for a number of days only.</summary>
sealed class AuditRetentionStore(Database database)
{
    // By the database's clock, as the acts have it.
    const string DeleteSql = "select overmind.delete_expired_audit_logs(clock_timestamp() - interval '24 hours' * $1)";

    internal Task<IReadOnlyList<(Guid OrganizationId, int Days)>> OrganizationsAsync(CancellationToken cancellationToken) => database.ListAsync(
        Claims.Service, new Statement("select organization_id, days from overmind.organizations_with_audit_retention()"),
        row => (row.GetGuid(0), row.GetInt32(1)), cancellationToken);

    /// <summary>Deletes some of those that are older and sealed; returns how many, 0 when there are no more.</summary>
    internal Task<int> DeleteAsync(Guid organizationId, int days, CancellationToken cancellationToken) => database.FindAsync<int>(
        new Claims(organizationId, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole }, DeleteSql, [days], cancellationToken);
}
