using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Overmind.Client;

/// <summary>Tries a prompt, or an agent, on a model. Each call stands in the ledger and in no run.</summary>
public sealed class PlaygroundClient
{
    readonly ApiConnection _connection;

    internal PlaygroundClient(ApiConnection connection) => _connection = connection;

    /// <summary>Asks, and hands on the answer as it comes; the last update has all of it. Who stops reading stops the call. Nothing is repeated: each call costs.</summary>
    /// <exception cref="OvermindApiException">The server refuses it, before anything is called; a model that fails is told in the answer.</exception>
    public async IAsyncEnumerable<PlaygroundUpdate> AskAsync(NewPlaygroundCall call, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/playground")
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(call, ClientJson.Default.NewPlaygroundCall))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        call.Cache?.AddTo(request.Headers);
        using var response = await _connection.OpenAsync(request, cancellationToken);
        await using var stream = new WatchedStream(await response.Content.ReadAsStreamAsync(cancellationToken));
        PlaygroundAnswer? answer = null;
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            using var data = JsonDocument.Parse(item.Data);
            if (item.EventType == "error")
                throw new OvermindApiException(HttpStatusCode.InternalServerError, data.Deserialize(ClientJson.Default.Problem)!, retryAfter: null);
            if (item.EventType == "playground.completed")
                answer = data.RootElement.GetProperty("answer").Deserialize(ClientJson.Default.PlaygroundAnswer);
            if (answer is not null || item.EventType == "playground.delta")
                yield return new PlaygroundUpdate(answer is null ? data.RootElement.GetProperty("delta").GetString()! : "", answer);
        }

        if (answer is null)
            throw new IOException("The answer broke off: the server stops, or something between closed the connection.");
    }
}
