namespace Overmind.Agents;

/// <summary>Why a run ended; in SQL, JSON and events the lower_snake word (<see cref="LowerSnake"/>).</summary>
public enum TerminationReason
{
    /// <summary>A score reached the quality threshold.</summary>
    Threshold,

    /// <summary>All allowed iterations were made.</summary>
    MaxIterations,

    /// <summary>The best score gained less than 0.2 in each of the last two scored iterations.</summary>
    Plateau,

    /// <summary>The run's cost reached its cap.</summary>
    CostCap,

    /// <summary>The run's deadline passed.</summary>
    Deadline,

    /// <summary>A person or the API asked for it, or rejected its next iteration.</summary>
    Cancelled,

    /// <summary>All allowed iterations were made and none got a readable score.</summary>
    Unscored,

    /// <summary>No agent answered, or a model of the synthesis failed.</summary>
    Failed,
}
