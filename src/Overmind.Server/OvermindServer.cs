namespace Overmind.Server;

/// <summary>API, workers and console in one process.</summary>
public static class OvermindServer
{
    /// <summary>
    /// Brings the database to this version before the server listens. Many nodes may call it together.
    /// Returns what the first of all starts made, null on every later one.
    /// </summary>
    public static Task<FirstRun?> PrepareAsync(OvermindServerOptions options, CancellationToken ct = default) => Task.FromResult<FirstRun?>(null);

    /// <summary>The application, not yet started.</summary>
    public static WebApplication Build(OvermindServerOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Static files lie beside the program, wherever it is called from.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.ClearProviders();
        options.Logging(builder.Logging);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.WebHost.UseUrls($"http://{UrlHost(options.Host)}:{options.Port}");

        var app = builder.Build();
        app.MapGet("/health", () => Results.Json(new { status = "ok" }));
        return app;
    }

    static string UrlHost(string host) => host.Contains(':') ? $"[{host}]" : host;
}
