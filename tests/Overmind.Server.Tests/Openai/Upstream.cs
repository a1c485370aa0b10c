using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Overmind.Server.Tests.Openai;

/// <summary>A provider on a real socket that speaks as OpenAI does. What it answers goes by the name of the model that it is asked for.</summary>
public sealed class Upstream : IAsyncDisposable
{
    const string Usage =
        """{"prompt_tokens":21,"completion_tokens":7,"total_tokens":28,"prompt_tokens_details":{"cached_tokens":5},"completion_tokens_details":{"reasoning_tokens":3}}""";

    readonly WebApplication _app;

    Upstream(WebApplication app) => _app = app;

    /// <summary>Up to <c>/v1</c>.</summary>
    public string Url => $"{_app.Urls.Single()}/v1";

    /// <summary>The bodies that came in, in order.</summary>
    public ConcurrentQueue<JsonElement> Requests { get; } = new();

    /// <summary>Completed when a caller left <c>endless</c>.</summary>
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when <c>held</c> is asked.</summary>
    public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>To be completed when it may end.</summary>
    public TaskCompletionSource MayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>To be completed when the beginning of <c>broken</c> has been read: a connection that breaks takes with it what nobody has read.</summary>
    public TaskCompletionSource MayBreak { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<Upstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var upstream = new Upstream(app);
        app.MapPost("/v1/chat/completions", upstream.AnswerAsync);
        app.MapGet("/v1/models", () => Results.Text("""{"object":"list","data":[{"id":"plain","object":"model","created":1,"owned_by":"u"}]}""", "application/json"));
        await app.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task AnswerAsync(HttpContext http)
    {
        var asked = (await JsonDocument.ParseAsync(http.Request.Body)).RootElement;
        Requests.Enqueue(asked);
        switch (asked.GetProperty("model").GetString())
        {
            case "limited":
                await RefuseAsync(http, 429, "rate_limit_exceeded", null);
                break;
            case "unknown":
                await RefuseAsync(http, 404, "model_not_found", "model");
                break;
            case "picky":
                await RefuseAsync(http, 400, "unsupported_value", "seed");
                break;
            case "tools":
                await SendAsync(
                    http, """{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"weather","arguments":""}}]}""",
                    """{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\": "}}]}""", """{"tool_calls":[{"index":0,"function":{"arguments":"\"Lima\"}"}}]}""");
                await EndAsync(http, "tool_calls");
                break;
            case "broken":
                await SendAsync(http, """{"role":"assistant","content":"Half"}""");
                await MayBreak.Task;
                http.Abort();
                break;
            case "held":
                await SendAsync(http, """{"role":"assistant","content":"Held."}""");
                Held.SetResult();
                await MayEnd.Task;
                await EndAsync(http, "stop");
                break;
            case "endless":
                await SendAsync(http, """{"role":"assistant","content":"For "}""", """{"content":"ever"}""");
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Left.TrySetResult();
                break;
            case "short":
                await SendAsync(http, """{"role":"assistant","content":"Cut"}""");
                await EndAsync(http, "length");
                break;
            default:
                await SendAsync(http, """{"role":"assistant","content":""}""", """{"content":"Hello "}""", """{"content":"world."}""");
                await EndAsync(http, "stop");
                break;
        }
    }

    static async Task SendAsync(HttpContext http, params string[] deltas)
    {
        http.Response.ContentType = "text/event-stream";
        foreach (var delta in deltas)
        {
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Chunk(delta, "null")), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    static Task EndAsync(HttpContext http, string reason) => http.Response.WriteAsync(
        Chunk("{}", $"\"{reason}\"") + $$$"""data: {"id":"c1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[],"usage":{{{Usage}}}}""" + "\n\ndata: [DONE]\n\n");

    static async Task RefuseAsync(HttpContext http, int status, string code, string? param)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(JsonSerializer.Serialize(new { error = new { message = "It will not.", type = "invalid_request_error", param, code } }));
    }

    static string Chunk(string delta, string reason) =>
        $$$"""data: {"id":"c1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":{{{reason}}}}]}""" + "\n\n";
}
