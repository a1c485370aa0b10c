using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Overmind.Access;
using Overmind.Agents;
using Overmind.Server.Http;
using Overmind.Server.Usage;

namespace Overmind.Server.Agents;

/// <summary><c>/v1/playground</c>: one call of a model, whose answer is streamed as it comes. A reader who leaves stops the call.</summary>
sealed class PlaygroundEndpoints(PlaygroundService playground, EventStream stream)
{
    public void Map(ApiRoutes routes) => routes.PostStream("/v1/playground", AskAsync);

    async Task AskAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var call = new PlaygroundCall
        {
            Prompt = body.RequiredText("prompt"),
            Model = body.RequiredModel("model"),
            AgentId = body.Id("agent_id"),
            Temperature = body.Number("temperature"),
            MaxTokens = body.Integer("max_tokens"),
            Cache = CacheHeaders.Read(http.Request),
        };
        body.End();
        using var ending = stream.Ending(http);
        await using var events = EventsAsync(http, caller, call, ending.Token).GetAsyncEnumerator(ending.Token);
        var next = events.MoveNextAsync().AsTask();
        // The first says that the call is under way; what was refused before it is a problem and no stream.
        await next;
        await stream.WriteAsync(http, events, next, Write, "Ask again.", ending);
    }

    async IAsyncEnumerable<PlaygroundEvent> EventsAsync(HttpContext http, Caller caller, PlaygroundCall call, [EnumeratorCancellation] CancellationToken ending)
    {
        var output = new StringBuilder();
        await foreach (var update in playground.AskAsync(caller.Claims, call, ending))
        {
            // The first has it, before anything is written.
            if (update.Cache is { } cache) CacheHeaders.Write(http.Response, cache);
            var (text, result) = update;
            output.Append(text);
            if (result is null || text.Length > 0) yield return PlaygroundEvent.More(text);
            if (result is not null) yield return PlaygroundEvent.End(PlaygroundAnswer.Of(call, output.ToString(), result));
        }
    }

    static void Write(IBufferWriter<byte> body, PlaygroundEvent @event)
    {
        body.Write(Encoding.UTF8.GetBytes($"event: {@event.Type}\ndata: "));
        using (var writer = new Utf8JsonWriter(body))
            JsonSerializer.Serialize(writer, @event, ServerJson.Default.PlaygroundEvent);
        body.Write("\n\n"u8);
    }
}
