namespace Overmind.Bench.Memories;

/// <summary>Searches of one kind.</summary>
/// <param name="MostP95">Aim, in milliseconds; null where it stands beside for comparison.</param>
sealed record MemoryFigure(string Name, Latencies Measured, double? MostP95 = null)
{
    /// <summary>Of the ten nearest by comparing each vector, the share that was found.</summary>
    public double? Recall { get; init; }

    public double? LeastRecall { get; init; }

    public bool IsReached => MostP95 is null || Measured.P95 <= MostP95 && !(Recall < LeastRecall);
}
