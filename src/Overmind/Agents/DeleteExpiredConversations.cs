using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>
/// Deletes the conversations that their organizations keep no longer (<see cref="OrganizationSettings.DataRetentionDays"/>), in transactions of 100
/// and as an admin of the one organization: row-level security holds here, too.
/// </summary>
[Job("conversations.expire")]
sealed class DeleteExpiredConversations(RetentionStore store) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        foreach (var organization in await store.OrganizationsAsync(cancellationToken))
            deleted += await DeleteAsync(organization, cancellationToken);
        context.Result = new() { ["deleted"] = deleted };
    }

    async Task<long> DeleteAsync(Guid organization, CancellationToken cancellationToken)
    {
        var claims = new Claims(organization, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole };
        var deleted = 0L;
        for (Guid? after = Guid.Empty; after is { } last;)
        {
            (var more, after) = await store.DeleteAsync(claims, last, cancellationToken);
            deleted += more;
        }

        return deleted;
    }
}
