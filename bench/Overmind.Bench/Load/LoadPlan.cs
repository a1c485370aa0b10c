namespace Overmind.Bench.Load;

/// <summary>What the load generator does: which requests, from how many connections, for how long.</summary>
/// <param name="Host">Address of the server, e.g. <c>127.0.0.1</c>.</param>
/// <param name="Port">Its port.</param>
/// <param name="Clients">Connections, each with one request under way.</param>
/// <param name="WarmupSeconds">Time before anything is counted.</param>
/// <param name="Seconds">Time that is counted.</param>
/// <param name="Requests">Whole HTTP/1.1 requests; each client draws from them at random.</param>
public sealed record LoadPlan(string Host, int Port, int Clients, double WarmupSeconds, double Seconds, IReadOnlyList<string> Requests)
{
    /// <summary>Requests a second, all clients together, each timed from when it was due; null: each client sends as soon as it has its answer.</summary>
    public int? Rate { get; init; }
}
