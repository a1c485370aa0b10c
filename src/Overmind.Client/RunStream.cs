using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Overmind.Client;

/// <summary>The events of a run over as many connections as it takes.</summary>
sealed class RunStream(ApiConnection connection, Guid runId)
{
    const int AttemptsWithoutEvent = 10;

    public async IAsyncEnumerable<RunEvent> ReadAsync(long startingAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = startingAfter;
        var ended = false;
        for (var failures = 0; ;)
        {
            Exception? broken = null;
            await using var events = ConnectAsync(after, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    // The end of a stream without the run's last event: its node stops, another one goes on.
                    if (!await events.MoveNextAsync())
                        break;
                }
                catch (Exception failure) when (ApiConnection.IsPassing(failure, cancellationToken))
                {
                    broken = failure;
                    break;
                }
                if (events.Current is not { } read)
                    yield break;
                failures = 0;
                after = read.SequenceNumber;
                // The server ends the stream with it, unless a retry let the run go on.
                ended = read.IsTerminal;
                yield return read;
            }
            if (ended && broken is null)
                yield break;
            if (++failures >= AttemptsWithoutEvent)
                throw broken ?? new IOException($"The events of run {runId} end without its last one.");
            await connection.DelayAsync(failures, broken ?? new IOException(), cancellationToken);
        }
    }

    /// <summary>The events of one connection. Null: the server says that there are no more.</summary>
    async IAsyncEnumerable<RunEvent?> ConnectAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/runs/{runId}/events") { Headers = { { "Accept", "text/event-stream" } } };
        if (after >= 0)
            request.Headers.Add("Last-Event-ID", after.ToString());
        using var response = await connection.OpenAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            yield return null;
            yield break;
        }
        await using var stream = new WatchedStream(await response.Content.ReadAsStreamAsync(cancellationToken));
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            using var data = JsonDocument.Parse(item.Data);
            if (item.EventType == "error")
                throw new OvermindApiException(
                    HttpStatusCode.InternalServerError, data.Deserialize(ClientJson.Default.Problem)!, retryAfter: null);
            yield return new RunEvent(item.EventType, data.RootElement.GetProperty("sequence_number").GetInt64(), data.RootElement.Clone());
        }
    }
}
