using Overmind.Bench.Measures;

namespace Overmind.Bench.Memories;

/// <summary>What is written with its vector.</summary>
/// <param name="Remember">Memories over HTTP, by one client.</param>
/// <param name="RememberBySixteen">The same by sixteen.</param>
/// <param name="EmbeddedPerSecond">Memories that came by SQL, by the job that makes their vectors.</param>
/// <param name="Append">A message with its vector, beside one without; by the service.</param>
sealed record MemoryWriteFigures(Latencies Remember, Latencies RememberBySixteen, double EmbeddedPerSecond, Comparison Append)
{
    /// <summary>Among a million it takes a minute.</summary>
    public const int Embedded = 5_000;

    public const double MostAppendP95 = 20;

    public bool IsReached => Append.IsReached != false;
}
