using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Overmind.Cli.Tests;

/// <summary>A provider on a real socket whose vectors of 384 dimensions all point the same way.</summary>
sealed class EmbeddingProvider : IAsyncDisposable
{
    readonly WebApplication server;

    EmbeddingProvider(WebApplication server) => this.server = server;

    public string Url => server.Urls.Single() + "/v1";

    public static async Task<EmbeddingProvider> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/embeddings", async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var texts = body.RootElement.GetProperty("input").GetArrayLength();
            await context.Response.WriteAsJsonAsync(new { model = "wide", data = Enumerable.Range(0, texts).Select(index => new { index, embedding = Enumerable.Repeat(1f, 384) }) });
        });
        await app.StartAsync();
        return new EmbeddingProvider(app);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
