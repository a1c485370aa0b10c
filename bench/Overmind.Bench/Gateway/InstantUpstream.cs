using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Overmind.Bench.Gateway;

/// <summary>A provider on loopback that speaks as OpenAI does and answers at once, streamed or whole.</summary>
sealed class InstantUpstream : IAsyncDisposable
{
    const string Usage = """{"prompt_tokens":20,"completion_tokens":8,"total_tokens":28}""";

    static readonly byte[] Whole = Encoding.UTF8.GetBytes(
        $$$"""{"id":"c","object":"chat.completion","created":1,"model":"model","choices":[{"index":0,"message":{"role":"assistant","content":"A lamp at each end of the mole."},"finish_reason":"stop"}],"usage":{{{Usage}}}}""");

    static readonly byte[] Streamed = Encoding.UTF8.GetBytes(
        Chunk("""{"role":"assistant","content":""}""", "null") + Chunk("""{"content":"A lamp at each end "}""", "null") + Chunk("""{"content":"of the mole."}""", "null") + Chunk("{}", "\"stop\"")
        + $$$"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"model","choices":[],"usage":{{{Usage}}}}""" + "\n\ndata: [DONE]\n\n");

    readonly WebApplication _app;

    InstantUpstream(WebApplication app) => _app = app;

    /// <summary>Up to <c>/v1</c>.</summary>
    public Uri Url => new($"{_app.Urls.First()}/v1");

    public static async Task<InstantUpstream> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/chat/completions", AnswerAsync);
        await app.StartAsync(cancellationToken);
        return new InstantUpstream(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    static async Task AnswerAsync(HttpContext http)
    {
        using var asked = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var isStream = asked.RootElement.TryGetProperty("stream", out var stream) && stream.ValueKind is JsonValueKind.True;
        http.Response.ContentType = isStream ? "text/event-stream" : "application/json";
        await http.Response.BodyWriter.WriteAsync(isStream ? Streamed : Whole, http.RequestAborted);
    }

    static string Chunk(string delta, string reason) =>
        $$$"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"model","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":{{{reason}}}}]}""" + "\n\n";
}
