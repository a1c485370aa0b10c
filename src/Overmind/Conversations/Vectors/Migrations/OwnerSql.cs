using Npgsql;
using Overmind.Models;

namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>Statements of the schema's owner, however long they take.</summary>
sealed class OwnerSql(NpgsqlDataSource owner)
{
    /// <summary>The model with this status; null: none has it.</summary>
    public async Task<StoredModel?> FindModelAsync(string status, CancellationToken cancellationToken)
    {
        var found = await ListAsync(
            "select id, provider, model, dimensions from embedding_models where status = $1", [status],
            row => new StoredModel(row.GetGuid(0), new ModelReference(row.GetString(1), row.GetString(2)), row.GetInt32(3)), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The value of one row; the default of its type for null.</summary>
    public async Task<T> OneAsync<T>(string sql, object[] parameters, CancellationToken cancellationToken) =>
        (await ListAsync(sql, parameters, row => row.IsDBNull(0) ? default! : row.GetFieldValue<T>(0), cancellationToken))[0];

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object[] parameters, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        await using var command = Prepare(owner.CreateCommand(sql), parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(map(reader));
        return rows;
    }

    /// <summary>Does it and takes it back: whether the database refuses it.</summary>
    public async Task TryAsync(string sql, object[] parameters, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await using var trial = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = Prepare(new NpgsqlCommand(sql, connection, trial), parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await trial.RollbackAsync(cancellationToken);
    }

    static NpgsqlCommand Prepare(NpgsqlCommand command, object[] parameters)
    {
        command.CommandTimeout = 0;
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return command;
    }
}
