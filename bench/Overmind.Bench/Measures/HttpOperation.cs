using System.Text;
using Overmind.Bench.DataSets;
using Overmind.Conversations;

namespace Overmind.Bench.Measures;

/// <summary>One operation of the HTTP API, and what it asks of the database.</summary>
/// <param name="Name">As a reader would say it.</param>
/// <param name="Request">Method, path and body for a target.</param>
/// <param name="Call">The service call behind the route; it sends the batch that pgbench runs.</param>
/// <param name="LeastRatio">Aim at 16 clients; null for none.</param>
/// <param name="MostP95">Aim at one client, in milliseconds.</param>
sealed record HttpOperation(
    string Name, Func<Target, (string Method, string Path, string? Body)> Request, Func<ConversationService, Target, Task> Call, double? LeastRatio, double MostP95)
{
    // As long as the data set's messages are on average.
    static readonly string Content = string.Concat(Enumerable.Repeat("What holds a plan together is a reason that each step can name. ", 6)).Trim();

    public static IReadOnlyList<HttpOperation> All { get; } =
    [
        new(
            "append a message",
            target => ("POST", $"/v1/conversations/{target.Conversation}/messages", $$"""{"content":"{{Content}}"}"""),
            (service, target) => service.AppendAsync(target.Claims, target.Conversation, new NewMessage { Content = Content }, default),
            LeastRatio: 0.5,
            MostP95: 20),
        new(
            "read a conversation with its last 50 messages",
            target => ("GET", $"/v1/conversations/{target.Conversation}?include=messages&limit=50", null),
            (service, target) => service.GetWithLatestAsync(target.Claims, target.Conversation, 50, default),
            LeastRatio: 0.5,
            MostP95: 10),
        new(
            "list conversations, 20 a page",
            _ => ("GET", "/v1/conversations?limit=20", null),
            (service, target) => service.ListAsync(target.Claims, new PageRequest { Limit = 20 }, null, default),
            LeastRatio: null,
            MostP95: 20),
    ];

    /// <summary>Whether it changes nothing.</summary>
    public bool IsReading => Request(new Target(1, 1, 1)).Method == "GET";

    /// <summary>The request as it goes over the wire.</summary>
    public string Wire(Target target, string host, string token)
    {
        var (method, path, body) = Request(target);
        return $"{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
            + (body is null ? "\r\n" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }
}
