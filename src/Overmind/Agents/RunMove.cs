namespace Overmind.Agents;

/// <summary>What a run does next: call models, wait for an approval, or end.</summary>
abstract record RunMove
{
    RunMove()
    {
    }

    /// <summary>
    /// Make these calls, at once if there are several, and ask again when all of them are recorded.
    /// At least one; all of the same iteration.
    /// </summary>
    public sealed record CallModels(int Iteration, IReadOnlyList<PlannedCall> Calls) : RunMove;

    /// <summary>Nothing is called until somebody has approved the next iteration, or rejected it.</summary>
    public sealed record AwaitApproval(RunWaiting Waiting) : RunMove;

    /// <summary>Nothing is left to call.</summary>
    public sealed record EndRun(RunEnd End) : RunMove;
}
