using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Overmind.Access;
using Overmind.Agents;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Agents;

/// <summary>
/// <c>/v1/runs/{run_id}/events</c>: the events of a run as server-sent events, from the first or from where the reader left off, to the last.
/// The stream ends after the run's last event, when the reader goes, and when this node stops: another one goes on from Last-Event-ID.
/// </summary>
sealed class RunEventStream(RunService runs, IHostApplicationLifetime node, TimeProvider time, ILogger<RunEventStream> logger)
{
    /// <summary>Proxies close what is silent for longer, commonly after 30 or 60 seconds.</summary>
    static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Map(ApiRoutes routes) => routes.Get("/v1/runs/{run_id}/events", StreamAsync);

    async Task StreamAsync(HttpContext http, Caller caller)
    {
        var after = After(http.Request);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, node.ApplicationStopping);
        var run = await runs.GetAsync(caller.Claims, http.RunId(), ending.Token);
        await using var events = runs.EventsAsync(caller.Claims, run.Id, after, ending.Token).GetAsyncEnumerator(ending.Token);
        var next = events.MoveNextAsync().AsTask();
        // An EventSource asks again after each end; only 204 tells it that there is nothing more to come.
        if (IsEnded(run) && !await next)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        try
        {
            await StartAsync(http.Response, ending.Token);
            await WriteAllAsync(http.Response, events, next, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader has gone, or this node is about to.
        }
        catch (Exception failure)
        {
            LogMessages.EventStreamFailed(logger, http.TraceIdentifier, failure);
            await WriteErrorAsync(http, ending.Token);
        }
    }

    async Task WriteAllAsync(HttpResponse response, IAsyncEnumerator<RunEvent> events, Task<bool> next, CancellationToken ending)
    {
        while (true)
        {
            if (!next.IsCompleted)
            {
                await response.BodyWriter.FlushAsync(ending);
                await PingUntilAsync(next, response, ending);
            }
            if (!await next)
                break;
            Write(response.BodyWriter, events.Current);
            next = events.MoveNextAsync().AsTask();
        }
        await response.BodyWriter.FlushAsync(ending);
    }

    async Task PingUntilAsync(Task<bool> next, HttpResponse response, CancellationToken ending)
    {
        while (true)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ending);
            var first = await Task.WhenAny(next, Task.Delay(PingInterval, time, waiting.Token));
            await waiting.CancelAsync();
            if (first == next)
                return;
            ending.ThrowIfCancellationRequested();
            response.BodyWriter.Write(": ping\n\n"u8);
            await response.BodyWriter.FlushAsync(ending);
        }
    }

    static Task StartAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        return response.StartAsync(cancellationToken);
    }

    static void Write(IBufferWriter<byte> body, RunEvent @event)
    {
        body.Write(Encoding.UTF8.GetBytes($"event: {@event.Type}\nid: {@event.SequenceNumber}\ndata: "));
        using (var writer = new Utf8JsonWriter(body, Json))
            @event.WriteTo(writer);
        body.Write("\n\n"u8);
    }

    static async Task WriteErrorAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var error = new OvermindException(
            ErrorCode.InternalError, $"The stream broke off. Go on with Last-Event-ID. The server's log has the reason under {http.TraceIdentifier}.");
        var body = http.Response.BodyWriter;
        body.Write("event: error\ndata: "u8);
        body.Write(JsonSerializer.SerializeToUtf8Bytes(ProblemResponse.Of(http, error), ServerJson.Default.Problem));
        body.Write("\n\n"u8);
        await body.FlushAsync(cancellationToken);
    }

    /// <summary>The last number the reader has; -1 for none. The header of a reconnecting EventSource counts more than the address it was given.</summary>
    static long After(HttpRequest request)
    {
        request.AllowOnly("starting_after");
        var (name, text) = request.Headers["Last-Event-ID"] is [{ Length: > 0 } last]
            ? ("Last-Event-ID", last)
            : ("starting_after", request.TextParameter("starting_after") ?? "-1");
        return long.TryParse(text, out var after) && after >= -1
            ? after
            : throw new OvermindException(ErrorCode.InvalidParameter, $"{name} is the sequence_number of an event.", name);
    }

    static bool IsEnded(Run run) => run.Status is RunStatus.Succeeded or RunStatus.Failed or RunStatus.Cancelled;
}
