using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>Forgetting what the policy of the organization gives up: of the caller's own memories, for admins of all.</summary>
public sealed class MemoryDecayService(MemoryDecayStore store)
{
    /// <summary>Forgets, or only says what would be forgotten. What is forgotten can be brought back until it is purged.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task<MemoryPruning> PruneAsync(Claims claims, bool dryRun, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var (count, weakest) = await store.PreviewAsync(claims, cancellationToken);
        if (!dryRun)
            count = await PruneAllAsync(claims, cancellationToken);
        return new MemoryPruning(dryRun, count, weakest);
    }

    internal async Task<long> PruneAllAsync(Claims claims, CancellationToken cancellationToken)
    {
        var (all, pruned) = (0L, 0L);
        do
            all += pruned = await store.PruneAsync(claims, cancellationToken);
        while (pruned > 0);
        return all;
    }
}
