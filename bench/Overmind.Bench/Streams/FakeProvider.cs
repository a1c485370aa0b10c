using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Overmind.Bench.Streams;

/// <summary>
/// A provider on loopback that streams chat completions over a real socket. Its answers begin with the number of the call, by which the reader's
/// first piece is found again, and pause after it, so that nothing else arrives with it.
/// </summary>
sealed partial class FakeProvider : IAsyncDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    readonly ConcurrentDictionary<int, long> _began = [];
    readonly WebApplication _app;
    TaskCompletionSource? _held;
    int _calls;

    FakeProvider(WebApplication app) => _app = app;

    /// <summary>Up to <c>/v1</c>.</summary>
    public Uri Url => new($"{_app.Urls.First()}/v1");

    public static async Task<FakeProvider> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new FakeProvider(app);
        app.MapPost("/v1/chat/completions", provider.AnswerAsync);
        await app.StartAsync(cancellationToken);
        return provider;
    }

    /// <summary>Milliseconds since the provider began to write the answer that this text is the beginning of; null for any other text.</summary>
    public double? Since(string text) =>
        CallNumber().Match(text) is { Success: true } match && _began.TryRemove(int.Parse(match.Groups["number"].Value), out var began)
            ? Stopwatch.GetElapsedTime(began).TotalMilliseconds
            : null;

    /// <summary>From here on an answer goes on, with a word in each half second, until <see cref="Release"/>.</summary>
    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets all answers end.</summary>
    public void Release() => _held?.TrySetResult();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task AnswerAsync(HttpContext http)
    {
        var stop = http.RequestAborted;
        using var asked = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: stop);
        var system = asked.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!;
        var call = Interlocked.Increment(ref _calls);
        var (beginning, end) = Answer(system, call);
        http.Response.ContentType = "text/event-stream";
        await WriteAsync(http.Response, """{"role":"assistant","content":""}""", null, stop);
        // The reader's connection is open and idle by then, as it is with a model that has to think.
        await Task.Delay(Pause, stop);
        _began[call] = Stopwatch.GetTimestamp();
        await WriteAsync(http.Response, Content(beginning), null, stop);
        await Task.Delay(Pause, stop);
        while (_held is { Task.IsCompleted: false } held)
        {
            await WriteAsync(http.Response, Content("word "), null, stop);
            await Task.WhenAny(held.Task, Task.Delay(500, stop));
        }
        await WriteAsync(http.Response, Content(end), null, stop);
        await WriteAsync(http.Response, "{}", "stop", stop);
        await http.Response.WriteAsync("""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120}}""" + "\n\ndata: [DONE]\n\n", stop);
    }

    static (string Beginning, string End) Answer(string system, int call) => true switch
    {
        _ when IsPhase(system, "agent") => ($"1. Call {call}; ", "\n2. Name the step.\n3. Name who takes it.\n4. Name when it is done."),
        _ when IsPhase(system, "distil") => ($$"""{"core_insights": ["Call {{call}}; """, "each step has a reason.\"]}"),
        _ when IsPhase(system, "inspect") => ($$"""{"rationale": "Call {{call}}; """, """complete.", "score": 9.5, "repair_directive": "Name more."}"""),
        _ => ($"Call {call}; ", "a plan holds when each of its steps can name a reason."),
    };

    static bool IsPhase(string system, string phase) => system.Contains($"<phase>\n{phase}\n", StringComparison.Ordinal);

    static string Content(string text) => $$"""{"content":{{JsonSerializer.Serialize(text)}}}""";

    static async Task WriteAsync(HttpResponse response, string delta, string? finish, CancellationToken stop)
    {
        var reason = finish is null ? "null" : $"\"{finish}\"";
        await response.WriteAsync(
            $$"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{reason}}}]}""" + "\n\n", stop);
        await response.Body.FlushAsync(stop);
    }

    [GeneratedRegex(@"Call (?<number>\d+);", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CallNumber();
}
