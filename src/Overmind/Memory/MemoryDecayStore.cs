using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>The SQL of forgetting.</summary>
public sealed class MemoryDecayStore(Database database)
{
    const string WeakestSql = $"""
        select {MemoryStore.Columns}
        from memories
        join overmind.prunable_memories() as weak (weak_id, strength) on weak_id = id
        order by strength, id
        limit 20
        """;

    /// <summary>The weakest that would go, and how many would.</summary>
    internal async Task<(long Count, IReadOnlyList<MemoryItem> Weakest)> PreviewAsync(Claims claims, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(claims, [new("select overmind.prune_memories(true)"), new(WeakestSql)], cancellationToken);
        var count = await results.FindAsync(row => row.GetInt64(0));
        return (count, await results.ListAsync(MemoryStore.Map));
    }

    /// <summary>Forgets up to a thousand; how many.</summary>
    internal Task<long> PruneAsync(Claims claims, CancellationToken cancellationToken) =>
        database.FindAsync<long>(claims, "select overmind.prune_memories(false)", [], cancellationToken);

    internal Task<IReadOnlyList<Guid>> OrganizationsThatPruneAsync(CancellationToken cancellationToken) =>
        database.ListAsync<Guid>(Claims.Service, "select * from overmind.organizations_with_memory_pruning()", [], cancellationToken);

    internal Task<IReadOnlyList<Guid>> OrganizationsWithRetentionAsync(CancellationToken cancellationToken) =>
        database.ListAsync<Guid>(Claims.Service, "select * from overmind.organizations_with_retention()", [], cancellationToken);

    internal Task<long> DeleteExpiredAsync(CancellationToken cancellationToken) =>
        database.FindAsync<long>(Claims.Service, "select overmind.delete_expired_memories()", [], cancellationToken);

    internal Task<long> PurgeAsync(Claims claims, CancellationToken cancellationToken) =>
        database.FindAsync<long>(claims, "select overmind.purge_deleted_memories()", [], cancellationToken);
}
