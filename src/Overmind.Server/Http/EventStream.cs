using System.Buffers;
using System.Text.Json;
using Overmind.Errors;
using Overmind.Server.Openai;

namespace Overmind.Server.Http;

/// <summary>Server-sent events as an answer: sent as soon as there are no more at hand, with a comment where nothing comes for a while.</summary>
sealed class EventStream(IHostApplicationLifetime node, TimeProvider time, ILogger<EventStream> logger)
{
    /// <summary>Proxies close what is silent for longer, commonly after 30 or 60 seconds.</summary>
    static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    /// <summary>Ends when the reader goes, and when this node stops.</summary>
    public CancellationTokenSource Ending(HttpContext http) => CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, node.ApplicationStopping);

    /// <summary>Writes all events, from the one that <paramref name="next"/> waits for.</summary>
    /// <param name="goOn">What a reader does when the stream broke off on this side, as a sentence.</param>
    /// <param name="ending">Cancelled when there is nobody to write to any more, so that the events end, too.</param>
    public async Task WriteAsync<T>(
        HttpContext http, IAsyncEnumerator<T> events, Task<bool> next, Action<IBufferWriter<byte>, T> write, string goOn, CancellationTokenSource ending)
    {
        try
        {
            await StartAsync(http.Response, ending.Token);
            await WriteAllAsync(http.Response, events, next, write, ending);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested || node.ApplicationStopping.IsCancellationRequested)
        {
            // The reader has gone, or this node is about to.
        }
        catch (Exception failure)
        {
            LogMessages.EventStreamFailed(logger, http.TraceIdentifier, failure);
            await WriteErrorAsync(http, goOn, http.RequestAborted);
        }
    }

    async Task WriteAllAsync<T>(
        HttpResponse response, IAsyncEnumerator<T> events, Task<bool> next, Action<IBufferWriter<byte>, T> write, CancellationTokenSource ending)
    {
        try
        {
            while (true)
            {
                if (!next.IsCompleted)
                {
                    await response.BodyWriter.FlushAsync(ending.Token);
                    await PingUntilAsync(next, response, ending.Token);
                }
                if (!await next)
                    break;
                write(response.BodyWriter, events.Current);
                next = events.MoveNextAsync().AsTask();
            }
            await response.BodyWriter.FlushAsync(ending.Token);
        }
        finally
        {
            // What makes the events is not left in the middle of a step: a call that is stopped has still to be settled.
            await ending.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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

    static async Task WriteErrorAsync(HttpContext http, string goOn, CancellationToken cancellationToken)
    {
        var error = new OvermindException(
            ErrorCode.InternalError, $"The stream broke off. {goOn} The server's log has the reason under {http.TraceIdentifier}.");
        var body = http.Response.BodyWriter;
        if (OpenaiError.Speaks(http))
        {
            body.Write("data: "u8);
            using var writer = new Utf8JsonWriter(body);
            OpenaiError.Write(writer, error);
        }
        else
        {
            body.Write("event: error\ndata: "u8);
            body.Write(JsonSerializer.SerializeToUtf8Bytes(ProblemResponse.Of(http, error), ServerJson.Default.Problem));
        }
        body.Write("\n\n"u8);
        await body.FlushAsync(cancellationToken);
    }
}
