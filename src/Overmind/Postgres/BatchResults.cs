using Dapper;
using Npgsql;

namespace Overmind.Postgres;

/// <summary>
/// The results of a batch. Each call reads the next statement that returns rows, in the statements' order;
/// those that return none (an UPDATE without RETURNING) are passed over. Disposing reads to the end, so that the failure
/// of a later statement, or of the commit, always surfaces.
/// </summary>
public sealed class BatchResults : IAsyncDisposable
{
    readonly NpgsqlConnection _connection;
    readonly NpgsqlBatch _batch;
    readonly NpgsqlDataReader _reader;
    readonly CancellationToken _cancellationToken;
    bool _failed;

    internal BatchResults(NpgsqlConnection connection, NpgsqlBatch batch, NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        (_connection, _batch, _reader, _cancellationToken) = (connection, batch, reader, cancellationToken);

    /// <summary>All rows of the next statement that returns rows.</summary>
    public Task<IReadOnlyList<T>> ListAsync<T>() => ReadAsync<IReadOnlyList<T>>(async () =>
    {
        await AdvanceAsync();
        var parse = _reader.GetRowParser(typeof(T));
        var rows = new List<T>();
        while (await _reader.ReadAsync(_cancellationToken))
            rows.Add((T)parse(_reader));
        return rows;
    });

    /// <summary>The first row of the next statement that returns rows, or default when there is none.</summary>
    public Task<T?> FindAsync<T>() => ReadAsync(async () =>
    {
        await AdvanceAsync();
        return await _reader.ReadAsync(_cancellationToken) ? (T)_reader.GetRowParser(typeof(T))(_reader) : default;
    });

    /// <summary>As <see cref="ListAsync{T}()"/>, each row read by <paramref name="map"/>: for pages, where reading by name would cost more than the query.</summary>
    public Task<IReadOnlyList<T>> ListAsync<T>(Func<NpgsqlDataReader, T> map) => ReadAsync<IReadOnlyList<T>>(async () =>
    {
        await AdvanceAsync();
        var rows = new List<T>();
        while (await _reader.ReadAsync(_cancellationToken))
            rows.Add(map(_reader));
        return rows;
    });

    /// <summary>As <see cref="FindAsync{T}()"/>, the row read by <paramref name="map"/>.</summary>
    public Task<T?> FindAsync<T>(Func<NpgsqlDataReader, T> map) => ReadAsync(async () =>
    {
        await AdvanceAsync();
        return await _reader.ReadAsync(_cancellationToken) ? map(_reader) : default;
    });

    /// <summary>Reads to the end, so that the transaction is committed; returns how many rows its statements changed.</summary>
    public Task<int> CompleteAsync() => ReadAsync(async () =>
    {
        while (await _reader.NextResultAsync(_cancellationToken))
        {
        }
        return Math.Max(_reader.RecordsAffected, 0);
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_failed)
                await CompleteAsync();
        }
        finally
        {
            await _reader.DisposeAsync();
            await _batch.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }

    async Task AdvanceAsync()
    {
        // The first result is that of the claims, at which the reader stands to begin with.
        if (!await _reader.NextResultAsync(_cancellationToken))
            throw new InvalidOperationException("The batch has no further statement that returns rows.");
    }

    async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch
        {
            _failed = true;
            throw;
        }
    }
}
