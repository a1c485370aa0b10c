using Npgsql;
using Overmind.Postgres;

namespace Overmind.Testing;

/// <summary>A database of a test's own. Opened by the same class as in the product, so that requests cannot bypass row-level security.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    readonly OvermindDatabase _opened;

    internal TestDatabase(string ownerConnectionString, OvermindDatabase opened)
    {
        _opened = opened;
        OwnerConnectionString = ownerConnectionString;
        Owner = NpgsqlDataSource.Create(ownerConnectionString);
        Database = opened.Database;
    }

    /// <summary>Connection string of the owner, for <c>OVERMIND_DATABASE_URL</c> and for arranging what requests could not.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>Connections as the owner, who sees all rows.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>Connections as the request login, pooled.</summary>
    public NpgsqlDataSource Requests => _opened.Requests;

    /// <summary>Connections as the request login, unpooled: LISTEN, advisory locks.</summary>
    public NpgsqlDataSource Direct => _opened.Direct;

    /// <summary>The way of the stores.</summary>
    public Database Database { get; }

    /// <summary>Runs SQL as the owner.</summary>
    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row, as the owner.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        await Owner.DisposeAsync();
    }

    NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = Owner.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return command;
    }
}
