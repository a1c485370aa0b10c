namespace Overmind.Bench.Jobs;

/// <summary>What was measured of the queue.</summary>
/// <param name="Start">From the call that enqueues a single job to its handler, the worker being idle.</param>
/// <param name="EnqueueSingle">Single jobs, eight callers at once.</param>
/// <param name="Kept">Ours with completed jobs kept, as they are unless a kind says otherwise; in <paramref name="Queues"/> they are deleted, as the fastest rival does.</param>
/// <param name="Claim">In a short and a long queue.</param>
/// <param name="Fire">While workers are killed.</param>
/// <param name="Soak">Beside a long-running reader.</param>
sealed record JobsReport(
    IReadOnlyList<QueueFigures> Queues, QueueFigures Kept, Latencies Start, Latencies EnqueueSingle, ClaimFigures Claim, FireFigures Fire, SoakFigures Soak, string PostgresVersion)
{
    public const double LeastRatio = 2;
    public const double MostP50 = 3;
    public const double MostP99 = 15;

    /// <summary>Ours over the best of the others.</summary>
    public double Ratio => Queues[0].JobsPerSecond / Queues.Skip(1).Max(q => q.JobsPerSecond);

    public bool IsReached => Ratio >= LeastRatio && Start.P50 <= MostP50 && Start.P99 <= MostP99 && Fire.IsReached && Claim.IsFair;
}
