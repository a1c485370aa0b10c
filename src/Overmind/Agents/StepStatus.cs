using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>Where a step stands.</summary>
[JsonConverter(typeof(LowerSnakeEnum<StepStatus>))]
public enum StepStatus
{
    Running,
    Succeeded,
    Failed,

    /// <summary>The run ended before its answer was there.</summary>
    Cancelled,
}
