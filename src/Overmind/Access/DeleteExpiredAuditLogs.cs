using Overmind.Audit;
using Overmind.Jobs;

namespace Overmind.Access;

/// <summary>Deletes what organizations keep of their audit log no longer (<c>settings.audit_retention_days</c>), in transactions of 1,000.</summary>
[Job("audit_logs.expire")]
sealed class DeleteExpiredAuditLogs(AuditRetentionStore store) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        foreach (var (organization, days) in await store.OrganizationsAsync(cancellationToken))
            for (var more = 1; more > 0; deleted += more)
                more = await store.DeleteAsync(organization, days, cancellationToken);
        context.Result = new() { ["deleted"] = deleted };
    }
}
