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
sealed class RunEventStream(RunService runs, EventStream stream)
{
    static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Map(ApiRoutes routes) => routes.Get("/v1/runs/{run_id}/events", StreamAsync);

    async Task StreamAsync(HttpContext http, Caller caller)
    {
        var after = After(http.Request);
        using var ending = stream.Ending(http);
        var run = await runs.GetAsync(caller.Claims, http.RunId(), ending.Token);
        await using var events = runs.EventsAsync(caller.Claims, run.Id, after, ending.Token).GetAsyncEnumerator(ending.Token);
        var next = events.MoveNextAsync().AsTask();
        // An EventSource asks again after each end; only 204 tells it that there is nothing more to come.
        if (IsEnded(run) && !await next)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        await stream.WriteAsync(http, events, next, Write, "Go on with Last-Event-ID.", ending);
    }

    static void Write(IBufferWriter<byte> body, RunEvent @event)
    {
        body.Write(Encoding.UTF8.GetBytes($"event: {@event.Type}\nid: {@event.SequenceNumber}\ndata: "));
        using (var writer = new Utf8JsonWriter(body, Json))
            @event.WriteTo(writer);
        body.Write("\n\n"u8);
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
