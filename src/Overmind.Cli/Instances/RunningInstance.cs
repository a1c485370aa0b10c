using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging;
using Overmind.Access.ExternalIdentities;
using Overmind.Access.Mail;
using Overmind.Audit;
using Overmind.Cli.Configuration;
using Overmind.Jobs.Webhooks;
using Overmind.Postgres.Embedded;
using Overmind.Server;

namespace Overmind.Cli.Instances;

/// <summary>One run of an instance in this process: database, then server; stopped in the opposite order.</summary>
sealed class RunningInstance(InstanceFolder folder, EffectiveConfiguration settings)
{
    readonly string host = settings.Text(Settings.Host)!;
    readonly int port = settings.Integer(Settings.Port);

    /// <summary>Returns when <paramref name="stop"/> is cancelled and everything has stopped.</summary>
    public async Task RunAsync(Action<InstanceRecord> ready, CancellationToken stop)
    {
        using var taken = folder.Take() ?? throw InUse();
        using var log = new LogFile(folder.LogFile, TimeProvider.System);
        try
        {
            CheckPort();
            var record = new InstanceRecord
            {
                Process = ProcessIdentity.Current,
                StartedAt = TimeProvider.System.GetUtcNow(),
                Version = ProductVersion.Current,
                Embedded = settings.Text(Settings.Database) is null,
            };
            folder.Write(record);
            await using var postgres = record.Embedded ? await StartPostgresAsync(log, stop) : null;
            var database = settings.Database(Settings.Database) ?? postgres!.OwnerConnectionString;
            await ServeAsync(record with { DatabaseUrl = database }, log, ready, stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.Write(LogLevel.Error, "Overmind", "The instance ended", failure);
            throw;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while it was starting: that is what was asked for.
        }
        finally
        {
            folder.Clear();
            log.Write(LogLevel.Information, "Overmind", "Stopped");
        }
    }

    async Task ServeAsync(InstanceRecord record, LogFile log, Action<InstanceRecord> ready, CancellationToken stop)
    {
        var options = new OvermindServerOptions
        {
            DatabaseUrl = record.DatabaseUrl!,
            PooledDatabaseUrl = settings.Database(Settings.PooledDatabase),
            Host = host,
            Port = port,
            DataFolder = folder.Path,
            AdminEmail = settings.Text(Settings.AdminEmail)!,
            AdminPassword = settings.Text(Settings.AdminPassword),
            RequestsPerMinute = settings.Integer(Settings.RequestsPerMinute),
            WorkerConcurrency = settings.Integer(Settings.WorkerConcurrency),
            OfflineTokensPerSecond = settings.Number(Settings.OfflineTokensPerSecond),
            EncryptionKey = settings.Text(Settings.EncryptionKey),
            Embedder = EmbedderSettings.Of(settings),
            Audit = new AuditOptions { SealFile = settings.Text(Settings.AuditSealFile) },
            PublicUrl = settings.Text(Settings.PublicUrl)?.TrimEnd('/'),
            IsSignUpOpen = settings.Text(Settings.SignUp) == "open",
            Mail = new MailOptions { SmtpUrl = settings.Text(Settings.SmtpUrl) is { } smtp ? new Uri(smtp) : null, From = settings.Text(Settings.MailFrom)! },
            ExternalIdentities = IdentityProvider(),
            Webhooks = WebhookOptions.Parse(settings.Text(Settings.WebhookNetworks)),
            Logging = logging => logging.AddProvider(log).AddFilter("Microsoft", LogLevel.Warning),
        };
        await using var prepared = await OvermindServer.PrepareAsync(options, stop);
        await InstanceKey.EnsureAsync(folder, prepared.Database, stop);
        await using var app = OvermindServer.Build(options, prepared);
        await StartAsync(app, stop);
        record = record with { Url = Address(app) };
        folder.Write(record);
        log.Write(LogLevel.Information, "Overmind", $"Ready at {record.Url}");
        ready(record);
        if (prepared.FirstRun is { } firstRun)
            FirstRunNotice.Give(folder, firstRun, toTerminal: !Console.IsErrorRedirected, Console.Error);

        var ended = new TaskCompletionSource();
        await using var asked = stop.Register(() => ended.TrySetResult());
        await using var failed = app.Lifetime.ApplicationStopping.Register(() => ended.TrySetResult());
        await ended.Task;
        await app.StopAsync(CancellationToken.None);
        if (!stop.IsCancellationRequested)
            throw new CliException("server_ended", "the server ended by itself", "see `overmind logs`");
    }

    // Tokens of a provider are made for many: without an audience all of them would be good here.
    ExternalIdentityOptions IdentityProvider()
    {
        var (issuer, audience) = (settings.Text(Settings.OidcIssuer), settings.Text(Settings.OidcAudience));
        return issuer is null || audience is not null
            ? new ExternalIdentityOptions { Issuer = issuer, Audience = audience }
            : throw new CliException("no_audience", "oidc_issuer is set, and oidc_audience is not", "set OVERMIND_OIDC_AUDIENCE to the client that its tokens are for");
    }

    Task<EmbeddedPostgres> StartPostgresAsync(LogFile log, CancellationToken stop)
    {
        var options = new EmbeddedPostgresOptions
        {
            DataFolder = folder.Path,
            Log = line =>
            {
                log.Write(LogLevel.Information, "PostgreSQL", line);
                Console.Error.WriteLine(line);
            },
        };
        return FolderInUse.WaitAsync(folder, () => EmbeddedPostgres.TryStartAsync(options, stop), stop);
    }

    async Task StartAsync(Microsoft.AspNetCore.Builder.WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw PortInUse();
        }
    }

    /// <summary>Before a minute of installing: nobody wants to hear of the port after it.</summary>
    void CheckPort()
    {
        try
        {
            var address = host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(host);
            using var probe = new TcpListener(address, port);
            probe.Start();
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw PortInUse();
        }
        catch (SocketException refused)
        {
            throw new CliException("cannot_listen", $"{host}:{port} cannot be listened on: {refused.Message}", "choose another with --host and --port");
        }
    }

    // One that listens on every address is reached by the loopback one.
    static string Address(Microsoft.AspNetCore.Builder.WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            .Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal)
            .Replace("//[::]:", "//[::1]:", StringComparison.Ordinal);

    CliException PortInUse() => new("port_in_use", $"port {port} on {host} is in use", "choose another with --port, as --port 8081");

    CliException InUse() => folder.Running() is { } running
        ? new CliException("already_running", $"an instance runs in {folder.Path} already: {running.Url ?? "still starting"}, process {running.Process.Pid}",
            "stop it with `overmind down`, or start another one with --data and --port")
        : new CliException("already_running", $"another process uses {folder.Path}", "wait for it, or choose another folder with --data");
}
