using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Overmind.Server.Tests.Agents;

/// <summary>A server-sent event as it came.</summary>
sealed record SentEvent(string Type, string? Id, JsonElement Data)
{
    public long Number => Data.GetProperty("sequence_number").GetInt64();

    public static IReadOnlyList<SentEvent> Parse(string stream) =>
        [.. SseParser.Create(new MemoryStream(Encoding.UTF8.GetBytes(stream))).Enumerate().Select(Of)];

    public static SentEvent Of(SseItem<string> item) => new(item.EventType, item.EventId, JsonDocument.Parse(item.Data).RootElement);
}
