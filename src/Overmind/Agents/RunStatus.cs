using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>Where a run stands. The last three are ends.</summary>
[JsonConverter(typeof(LowerSnakeEnum<RunStatus>))]
public enum RunStatus
{
    /// <summary>No worker has taken it up yet.</summary>
    Queued,

    /// <summary>A worker has taken it up; if that one died, the next does.</summary>
    Running,

    /// <summary>For an approval.</summary>
    Waiting,

    /// <summary>It has an answer.</summary>
    Succeeded,

    /// <summary>It ended without an answer.</summary>
    Failed,

    /// <summary>It was asked to stop; what it had by then is shown.</summary>
    Cancelled,
}
