using Npgsql;
using Overmind.Bench.DataSets;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;

namespace Overmind.Bench;

/// <summary>The PostgreSQL of the benchmark, made and migrated as <c>overmind up</c> does it, with the data set in it. Kept between runs.</summary>
sealed class BenchDatabase : IAsyncDisposable
{
    readonly EmbeddedPostgres _postgres;

    BenchDatabase(EmbeddedPostgres postgres, string requestLogin, string version) =>
        (_postgres, RequestLogin, Version) = (postgres, requestLogin, version);

    /// <summary>Connection string of the owner, who is not subject to row-level security.</summary>
    public string Owner => _postgres.OwnerConnectionString;

    /// <summary>Connection string of the login that the server uses for requests.</summary>
    public string RequestLogin { get; }

    /// <summary>As 15.8.</summary>
    public string Version { get; }

    /// <summary>Folder of pgbench.</summary>
    public string BinFolder => _postgres.BinFolder;

    public static async Task<BenchDatabase> OpenAsync(string folder, DataSet dataSet, Action<string> progress, CancellationToken cancellationToken)
    {
        var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        try
        {
            await using (await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken))
                await DataSetLoader.LoadAsync(postgres.SuperuserConnectionString, dataSet, progress, cancellationToken);
            var (login, version) = await ReadAsync(postgres.OwnerConnectionString, cancellationToken);
            return new BenchDatabase(postgres, login, version);
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Cleans up and writes out what came before, so that the next measurement does not pay for it.</summary>
    public async Task SettleAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        progress("Letting the database settle");
        await using var source = NpgsqlDataSource.Create(_postgres.SuperuserConnectionString);
        foreach (var sql in (string[])["vacuum (analyze)", "checkpoint"])
        {
            await using var command = source.CreateCommand(sql);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    static async Task<(string Login, string Version)> ReadAsync(string owner, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await using var command = source.CreateCommand("select name, password, current_setting('server_version') from overmind.request_login");
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var login = new NpgsqlConnectionStringBuilder(owner) { Username = row.GetString(0), Password = row.GetString(1) };
        return (login.ConnectionString, row.GetString(2).Split(' ')[0]);
    }
}
