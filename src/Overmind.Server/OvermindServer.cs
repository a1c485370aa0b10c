using Overmind.Access.Accounts;
using Overmind.Access.Mail;
using Overmind.Access.Sessions;
using Overmind.Jobs;
using Overmind.Postgres;
using Overmind.Server.Access;
using Overmind.Server.Conversations;
using Overmind.Server.Http;
using Overmind.WebConsole;

namespace Overmind.Server;

/// <summary>API, workers and console in one process.</summary>
public static class OvermindServer
{
    /// <summary>
    /// Brings the database to this version before the server listens, and on an empty one makes an organization with its admin.
    /// Many nodes may call it together.
    /// </summary>
    public static async Task<PreparedDatabase> PrepareAsync(OvermindServerOptions options, CancellationToken cancellationToken = default)
    {
        var opened = await OvermindDatabase.OpenAsync(
            new OvermindDatabaseOptions { ConnectionString = options.DatabaseUrl, PooledConnectionString = options.PooledDatabaseUrl },
            cancellationToken);
        try
        {
            var (installationId, firstRun) = await FirstStart.EnsureAsync(options, opened, cancellationToken);
            return new PreparedDatabase(opened, installationId, firstRun);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>The application, not yet started.</summary>
    public static WebApplication Build(OvermindServerOptions options, PreparedDatabase prepared)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Static files lie beside the program, wherever it is called from.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.ClearProviders();
        options.Logging(builder.Logging);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        // The console's files lie in the source tree until the program is published.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls($"http://{UrlHost(options.Host)}:{options.Port}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ServerLimits.MaxBodyBytes;
        });
        builder.Services.AddSingleton(prepared.Database);
        builder.Services.AddSingleton(EncryptionKeyFile.CipherOf(options.EncryptionKey, options.DataFolder));
        builder.Services.AddDatabase(prepared.Database).AddOvermind(library =>
        {
            library.Worker = new JobWorkerOptions { MaxConcurrency = options.WorkerConcurrency };
            library.Embedder = options.Embedder;
            library.Webhooks = options.Webhooks;
            library.Audit = options.Audit;
            library.Sessions = new SignInOptions { Issuer = options.PublicUrl ?? new SignInOptions().Issuer };
            library.Accounts = new AccountOptions { IsSignUpOpen = options.IsSignUpOpen };
            library.Mail = options.Mail with { OutboxFolder = options.Mail.OutboxFolder ?? Path.Combine(options.DataFolder, "outbox") };
            library.ExternalIdentities = options.ExternalIdentities;
            library.OfflineTokensPerSecond = options.OfflineTokensPerSecond;
        });
        builder.Services.AddOvermindApi(options.RequestsPerMinute);
        builder.Services.AddConsoleAccess(prepared.InstallationId);
        builder.Services.AddOvermindConsole(prepared.InstallationId);

        var app = builder.Build();
        app.UseRequestPipeline(new HostCheck(options.Host));
        app.UseRouting();
        app.UseConsoleAccess();
        app.MapOvermindApi();
        app.MapSignIn();
        app.MapAccountForms();
        app.MapAttachmentPages();
        app.MapOvermindConsole();
        var address = app.Services.GetRequiredService<ConsoleAddress>();
        address.Url = options.PublicUrl;
        // Port 0 is known when it listens.
        app.Lifetime.ApplicationStarted.Register(() => address.Url ??= app.Urls.First());
        return app;
    }

    static string UrlHost(string host) => host.Contains(':') ? $"[{host}]" : host;
}
