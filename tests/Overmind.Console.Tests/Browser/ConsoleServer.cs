using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Overmind.Jobs.Webhooks;
using Overmind.Server;
using Overmind.Testing;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>The product's own server with a database of its own, on a free port of the loopback.</summary>
public class ConsoleServer(TestPostgres postgres, double? tokensPerSecond) : IAsyncLifetime
{
    public const string Email = "ada@example.org";
    public const string Password = "correct horse battery";

    // What goes wrong in a page is then told to its test in full.
    static ConsoleServer() => Environment.SetEnvironmentVariable("ASPNETCORE_DETAILEDERRORS", "true");

    OvermindServerOptions? options;
    PreparedDatabase? prepared;
    WebApplication? app;

    /// <summary>Where it is, as <c>http://127.0.0.1:41234</c>.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The cookies of a browser in which the admin has signed in; null until one has.</summary>
    public string? SignedIn { get; set; }

    public IServiceProvider Services => app!.Services;

    /// <summary>Runs SQL as the database's owner.</summary>
    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var owner = NpgsqlDataSource.Create(options!.DatabaseUrl);
        await using var command = owner.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One value, as the owner.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(options!.DatabaseUrl);
        await using var command = owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask InitializeAsync()
    {
        options = new OvermindServerOptions
        {
            DatabaseUrl = await postgres.CreateEmptyDatabaseAsync(),
            Host = "127.0.0.1",
            Port = FreePort(),
            DataFolder = Directory.CreateTempSubdirectory("overmind-console-").FullName,
            IsSignUpOpen = true,
            EncryptionKey = SecretCipher.NewKey(),
            AdminEmail = Email,
            AdminPassword = Password,
            Webhooks = WebhookOptions.Parse("127.0.0.0/8"),
            OfflineTokensPerSecond = tokensPerSecond,
        };
        prepared = await OvermindServer.PrepareAsync(options);
        Url = $"http://127.0.0.1:{options.Port}";
        await StartAsync();
    }

    /// <summary>Starts it, again after <see cref="StopAsync"/>: the same address, nothing kept in memory.</summary>
    public async Task StartAsync()
    {
        app = OvermindServer.Build(options!, prepared!);
        await app.StartAsync();
    }

    public async Task StopAsync()
    {
        await app!.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await prepared!.DisposeAsync();
        Directory.Delete(options!.DataFolder, recursive: true);
        GC.SuppressFinalize(this);
    }

    // A fixed one, because a server that comes back has to be where it was.
    static int FreePort()
    {
        using var probe = new TcpListener(System.Net.IPAddress.Loopback, 0);
        probe.Start();
        return ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
    }
}
