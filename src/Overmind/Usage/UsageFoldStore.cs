using Npgsql;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>The SQL of keeping the sums of usage.</summary>
sealed class UsageFoldStore(Database database, UnpooledDataSource direct)
{
    /// <summary>Changes that are folded in one transaction: a fraction of a second.</summary>
    internal const int Limit = 20_000;

    const string FoldSql = "select overmind.fold_usage($1)";

    const string FoldBudgetsSql = "select overmind.fold_budgets()";
    const string CountHitsSql = "select overmind.count_cache_hits($1)";

    const string RebuildSql = "select overmind.rebuild_stale_usage()";

    /// <summary>Adds what has changed to the sums; how many changes, 0 when there is none or another node is at it.</summary>
    internal Task<long> FoldAsync(CancellationToken cancellationToken) => database.FindAsync<long>(Claims.Service, FoldSql, [Limit], cancellationToken);

    /// <summary>Adds what has changed to the budgets and marks what is reached by it; how many it was at, 0 when there is none.</summary>
    internal Task<long> FoldBudgetsAsync(CancellationToken cancellationToken) => database.FindAsync<long>(Claims.Service, FoldBudgetsSql, [], cancellationToken);

    /// <summary>Counts hits of the response cache where they were; how many, 0 when there is none or another node is at it.</summary>
    internal Task<long> CountCacheHitsAsync(CancellationToken cancellationToken) =>
        database.FindAsync<long>(Claims.Service, CountHitsSql, [Limit], cancellationToken);

    /// <summary>
    /// Sums up anew what an organization has used, where its time zone has changed. False when there is none such. On a connection of its own and without a
    /// limit of time: for millions of calls it takes minutes.
    /// </summary>
    internal async Task<bool> RebuildStaleAsync(CancellationToken cancellationToken)
    {
        await using var connection = await direct.Connections.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var role = new NpgsqlCommand("set local role service_role", connection))
            await role.ExecuteNonQueryAsync(cancellationToken);
        await using var command = new NpgsqlCommand(RebuildSql, connection) { CommandTimeout = 0 };
        var rebuilt = await command.ExecuteScalarAsync(cancellationToken) is Guid;
        await transaction.CommitAsync(cancellationToken);
        return rebuilt;
    }
}
