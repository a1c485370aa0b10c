using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Overmind.Tests.Models.Embeddings.Remote;

/// <summary>A server on a real socket that answers <c>POST /v1/embeddings</c> as a test says.</summary>
sealed class EmbeddingServer : IAsyncDisposable
{
    readonly WebApplication _app;

    EmbeddingServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single() + "/v1");

    public static async Task<EmbeddingServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/embeddings", context => answer(context));
        await app.StartAsync();
        return new EmbeddingServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
