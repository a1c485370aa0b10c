namespace Overmind.Client;

/// <summary>The state of the queue, as far as the caller sees it.</summary>
public sealed record JobStats
{
    /// <summary>Of the ended jobs those that ended since then.</summary>
    public required DateTimeOffset Since { get; init; }

    public required IReadOnlyList<JobCounts> Counts { get; init; }

    public required IReadOnlyList<JobTimes> Kinds { get; init; }

    /// <summary>60 equal spans of time.</summary>
    public required IReadOnlyList<JobBucket> Buckets { get; init; }
}
