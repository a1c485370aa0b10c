using Overmind.Jobs;

namespace Overmind.WebConsole.Jobs;

/// <summary>A column of the chart of what ended: three parts on each other, as parts of the chart's height.</summary>
/// <param name="Completed">0 to 1.</param>
/// <param name="Cancelled">0 to 1.</param>
/// <param name="Failed">0 to 1; at least a fiftieth when any failed, so that one among thousands is seen.</param>
public sealed record QueueBar(JobBucket Bucket, double Completed, double Cancelled, double Failed)
{
    const double Least = 0.02;

    /// <summary>The column for each span of time; the fullest is as high as the chart.</summary>
    public static IReadOnlyList<QueueBar> Of(IReadOnlyList<JobBucket> buckets)
    {
        var most = Math.Max(1, Most(buckets));
        return [.. buckets.Select(b =>
        {
            var failed = b.Failed == 0 ? 0 : Math.Max(Least, (double)b.Failed / most);
            var cancelled = (double)b.Cancelled / most;
            return new QueueBar(b, Math.Clamp((double)b.Completed / most, 0, Math.Max(0, 1 - failed - cancelled)), cancelled, failed);
        })];
    }

    /// <summary>How many ended in the fullest span.</summary>
    public static long Most(IReadOnlyList<JobBucket> buckets) => buckets.Max(b => (long?)(b.Completed + b.Failed + b.Cancelled)) ?? 0;
}
