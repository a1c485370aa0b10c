using Npgsql;

namespace Overmind.Postgres;

/// <summary>
/// The way from a store to the tables: one request is one batch, one transaction and one round trip: role and claims
/// (<c>app.current_…</c>), then the statements. When a statement fails, PostgreSQL skips the rest
/// and nothing of the batch has happened. Claims are transaction-local, so nothing of them outlives the batch on a pooled connection.
/// </summary>
/// <param name="spreads">Whether the database is spread over the nodes of a Citus cluster, which then have to know the claims as well.</param>
public sealed class Database(NpgsqlDataSource requests, bool spreads = false)
{
    static Database() => RowMapping.Configure();

    /// <summary>All rows of one statement, each mapped by column name (<c>snake_case</c> to <c>PascalCase</c>).</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(Claims claims, string sql, object?[] parameters, CancellationToken cancellationToken)
    {
        await using var results = await SendAsync(claims, [new Statement(sql, parameters)], cancellationToken);
        return await results.ListAsync<T>();
    }

    /// <summary>The only row of one statement, or default when it returned none.</summary>
    public async Task<T?> FindAsync<T>(Claims claims, string sql, object?[] parameters, CancellationToken cancellationToken)
    {
        await using var results = await SendAsync(claims, [new Statement(sql, parameters)], cancellationToken);
        return await results.FindAsync<T>();
    }

    /// <summary>All rows of one statement, each read by <paramref name="map"/>.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(
        Claims claims, Statement statement, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        await using var results = await SendAsync(claims, [statement], cancellationToken);
        return await results.ListAsync(map);
    }

    /// <summary>The only row of one statement, read by <paramref name="map"/>, or default when it returned none.</summary>
    public async Task<T?> FindAsync<T>(
        Claims claims, Statement statement, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        await using var results = await SendAsync(claims, [statement], cancellationToken);
        return await results.FindAsync(map);
    }

    /// <summary>Runs one statement; returns how many rows it changed.</summary>
    public async Task<int> ExecuteAsync(Claims claims, string sql, object?[] parameters, CancellationToken cancellationToken)
    {
        await using var results = await SendAsync(claims, [new Statement(sql, parameters)], cancellationToken);
        return await results.CompleteAsync();
    }

    /// <summary>
    /// Sends the statements as one transaction and one round trip. Read the results in the statements' order;
    /// disposing reads what is left, so that a failure of a later statement (or of the commit) is never lost.
    /// </summary>
    public Task<BatchResults> SendAsync(Claims claims, IReadOnlyList<Statement> statements, CancellationToken cancellationToken) =>
        SendAsync(claims, statements, waitsForDisk: true, cancellationToken);

    /// <param name="waitsForDisk">False: a crash of the database may undo it within the next moment (<c>synchronous_commit = off</c>).</param>
    internal async Task<BatchResults> SendAsync(Claims claims, IReadOnlyList<Statement> statements, bool waitsForDisk, CancellationToken cancellationToken)
    {
        var connection = await requests.OpenConnectionAsync(cancellationToken);
        try
        {
            var batch = TenantBatch.Create(connection, claims, statements, waitsForDisk, spreads);
            var reader = await batch.ExecuteReaderAsync(cancellationToken);
            return new BatchResults(connection, batch, reader, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
