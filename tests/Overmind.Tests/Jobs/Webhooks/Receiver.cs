using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Overmind.Tests.Jobs.Webhooks;

/// <summary>A web server on loopback that takes webhooks and answers as a test says.</summary>
public sealed class Receiver : IAsyncDisposable
{
    readonly WebApplication _app;

    Receiver(WebApplication app) => _app = app;

    /// <summary>What it answers; default: 204.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = http =>
    {
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    };

    public ConcurrentQueue<(string Id, long Timestamp, string Signature, string Body)> Received { get; } = new();

    public string Url => _app.Urls.Single() + "/hooks";

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers;
        Received.Enqueue((headers["webhook-id"].ToString(), long.Parse(headers["webhook-timestamp"].ToString()), headers["webhook-signature"].ToString(), await reader.ReadToEndAsync()));
        await Answer(http);
    }
}
