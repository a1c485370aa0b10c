using Npgsql;
using Overmind.Postgres;

namespace Overmind.Jobs;

/// <summary>
/// A worker's sign of life: a connection that holds an advisory lock of its own. When the process dies, the server frees the lock,
/// and other nodes take its jobs at once. It listens to nothing: each listening connection is woken by each notification of any channel.
/// </summary>
sealed class WorkerSession : IAsyncDisposable
{
    readonly NpgsqlConnection _connection;

    WorkerSession(NpgsqlConnection connection, long lockKey) => (_connection, LockKey) = (connection, lockKey);

    /// <summary>The advisory lock's key.</summary>
    public long LockKey { get; }

    public static async Task<WorkerSession> OpenAsync(UnpooledDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.Connections.OpenConnectionAsync(cancellationToken);
        try
        {
            // Random: two workers with one key would each keep the other's jobs alive.
            var key = Random.Shared.NextInt64(1, long.MaxValue);
            await using var command = new NpgsqlCommand("select pg_advisory_lock($1)", connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = key });
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new WorkerSession(connection, key);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Throws when the connection is lost, and with it the lock.</summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        while (true) await _connection.WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
