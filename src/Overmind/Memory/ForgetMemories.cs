using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>
/// Deletes memories that have expired; prunes those of the organizations that want it (<see cref="MemorySettings.Prune"/>); and purges what was deleted or pruned longer ago
/// than its organization keeps conversations. As an admin of the one organization: row-level security holds here, too.
/// </summary>
[Job("memories.forget")]
sealed class ForgetMemories(MemoryDecayStore store, MemoryDecayService decay) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var (expired, pruned, purged) = await ForgetAsync(cancellationToken);
        context.Result = new() { ["expired"] = expired, ["pruned"] = pruned, ["purged"] = purged };
    }

    internal async Task<(long Expired, long Pruned, long Purged)> ForgetAsync(CancellationToken cancellationToken)
    {
        var (expired, pruned, purged) = (await AllAsync(() => store.DeleteExpiredAsync(cancellationToken)), 0L, 0L);
        foreach (var organization in await store.OrganizationsThatPruneAsync(cancellationToken))
            pruned += await decay.PruneAllAsync(AdminOf(organization), cancellationToken);
        foreach (var organization in await store.OrganizationsWithRetentionAsync(cancellationToken))
            purged += await AllAsync(() => store.PurgeAsync(AdminOf(organization), cancellationToken));
        return (expired, pruned, purged);
    }

    static Claims AdminOf(Guid organization) => new(organization, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole };

    static async Task<long> AllAsync(Func<Task<long>> some)
    {
        var (all, more) = (0L, 0L);
        do
            all += more = await some();
        while (more > 0);
        return all;
    }
}
