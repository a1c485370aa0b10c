using Overmind.Jobs;

namespace Overmind.WebConsole.Jobs;

/// <summary>A worker with the jobs that it holds.</summary>
/// <param name="Jobs">Those that the member sees.</param>
public sealed record WorkerRow(WorkerItem Worker, IReadOnlyList<JobItem> Jobs)
{
    /// <summary>A worker gives a sign of life every few seconds; one that is silent for so long may hang.</summary>
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>Jobs that it holds for others: of other organizations, or of the installation.</summary>
    public int Others => Math.Max(0, Worker.Running - Jobs.Count);

    public bool IsSilent(DateTimeOffset now) => now - Worker.LastSeenAt > Silence;
}
