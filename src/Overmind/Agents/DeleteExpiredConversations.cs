using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>
/// Deletes the conversations, and of others the messages that were deleted, that their organizations keep no longer (<see cref="OrganizationSettings.DataRetentionDays"/>), in transactions of 100
/// and as an admin of the one organization: row-level security holds here, too.
/// </summary>
[Job("conversations.expire")]
sealed class DeleteExpiredConversations(RetentionStore store) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var (deleted, purged) = (0L, 0L);
        foreach (var organization in await store.OrganizationsAsync(cancellationToken))
        {
            var claims = new Claims(organization, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole };
            deleted += await DeleteAsync(claims, cancellationToken);
            purged += await PurgeAsync(claims, cancellationToken);
        }

        context.Result = new() { ["deleted"] = deleted, ["purged_messages"] = purged };
    }

    async Task<long> DeleteAsync(Claims claims, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        for (Guid? after = Guid.Empty; after is { } last;)
        {
            (var more, after) = await store.DeleteAsync(claims, last, cancellationToken);
            deleted += more;
        }

        return deleted;
    }

    async Task<long> PurgeAsync(Claims claims, CancellationToken cancellationToken)
    {
        var (all, purged) = (0L, 0);
        do
            all += purged = await store.PurgeMessagesAsync(claims, cancellationToken);
        while (purged > 0);
        return all;
    }
}
