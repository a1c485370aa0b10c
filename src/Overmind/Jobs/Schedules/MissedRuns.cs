using System.Text.Json.Serialization;

namespace Overmind.Jobs.Schedules;

/// <summary>What becomes of times that passed while no node was there.</summary>
[JsonConverter(typeof(LowerSnakeEnum<MissedRuns>))]
public enum MissedRuns
{
    /// <summary>They are left out; what is no more than five minutes late still happens.</summary>
    Skip,

    /// <summary>The latest of them happens, however late.</summary>
    RunOnce,

    /// <summary>All happen, at most the latest 100.</summary>
    RunAll,
}
