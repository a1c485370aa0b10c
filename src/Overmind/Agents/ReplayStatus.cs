using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>Where a replay stands. The last two are ends.</summary>
[JsonConverter(typeof(LowerSnakeEnum<ReplayStatus>))]
public enum ReplayStatus
{
    Queued,
    Running,

    /// <summary>The answer counts, as it would in the run.</summary>
    Succeeded,
    Failed,
}
