using System.Text.Json.Serialization;

namespace Overmind.Jobs;

/// <summary>Where a job is in its life; docs/jobs.md draws it.</summary>
[JsonConverter(typeof(LowerSnakeEnum<JobStatus>))]
public enum JobStatus
{
    /// <summary>It waits for its time or for a worker.</summary>
    Pending,

    /// <summary>A worker holds it.</summary>
    Processing,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>Ended because somebody wanted that.</summary>
    Cancelled,

    /// <summary>It waits until somebody unblocks it.</summary>
    Blocked,
}
