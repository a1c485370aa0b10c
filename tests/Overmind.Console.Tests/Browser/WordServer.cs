using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using System.Text.Json;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>A server on the loopback that speaks as OpenAI does: it lists two models, and says one word when it is sent the right key.</summary>
public sealed class WordServer : IAsyncDisposable
{
    public const string Key = "sk-right-0123456789-wxyz";

    readonly WebApplication app;

    WordServer(WebApplication app) => this.app = app;

    /// <summary>Up to <c>/v1</c>.</summary>
    public string Url => $"{app.Urls.First()}/v1";

    public static async Task<WordServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        web.MapGet("/v1/models", (RequestDelegate)(http => AnswerAsync(http, """{"object": "list", "data": [{"id": "word-large", "object": "model"}, {"id": "word-mini", "object": "model"}]}""")));
        web.MapPost("/v1/chat/completions", (RequestDelegate)ChatAsync);
        await web.StartAsync();
        return new WordServer(web);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    static async Task ChatAsync(HttpContext http)
    {
        using var asked = await JsonDocument.ParseAsync(http.Request.Body);
        if (asked.RootElement.TryGetProperty("stream", out var stream) && stream.GetBoolean())
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync(
                """
                data: {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "word", "choices": [{"index": 0, "delta": {"role": "assistant", "content": "ready"}, "finish_reason": null}]}

                data: {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "word", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}

                data: {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "word", "choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 1, "total_tokens": 10}}

                data: [DONE]


                """);
            return;
        }

        await AnswerAsync(http, """
            {"id": "1", "object": "chat.completion", "created": 1, "model": "word",
             "choices": [{"index": 0, "message": {"role": "assistant", "content": "ready"}, "finish_reason": "stop"}],
             "usage": {"prompt_tokens": 9, "completion_tokens": 1, "total_tokens": 10}}
            """);
    }

    static Task AnswerAsync(HttpContext http, string json)
    {
        http.Response.ContentType = "application/json";
        if (http.Request.Headers.Authorization == $"Bearer {Key}") return http.Response.WriteAsync(json);
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return http.Response.WriteAsync("""{"error": {"message": "Incorrect API key provided.", "type": "invalid_request_error", "code": "invalid_api_key"}}""");
    }
}
