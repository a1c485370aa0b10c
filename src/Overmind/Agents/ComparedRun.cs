namespace Overmind.Agents;

/// <summary>What is read of a run to compare it.</summary>
sealed record ComparedRun(Run Run, RunSnapshot Snapshot, IReadOnlyList<RunStep> Steps)
{
    /// <summary>Iterations, complete or not.</summary>
    public IReadOnlyList<IterationResult> Iterations { get; } = RunPlanner.Iterations(Snapshot, [.. Steps.Select(s => s.ToRecorded())]);

    /// <summary>What it was run with, by name, in words.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings =>
    [
        new("workflow", $"{Snapshot.WorkflowKey} {Snapshot.WorkflowVersion}"),
        new("execution_mode", LowerSnake.Write(Snapshot.ExecutionMode)),
        new("quality_threshold", FormattableString.Invariant($"{Snapshot.QualityThreshold}")),
        new("max_n2_iterations", FormattableString.Invariant($"{Snapshot.MaxN2Iterations}")),
        new("cost_cap_usd", Snapshot.CostCapUsd is { } cap ? FormattableString.Invariant($"{cap}") : null),
        new("agents", string.Join(", ", Snapshot.Agents.Select(a => a.Key))),
        new("models.agents", string.Join(", ", Snapshot.Agents.Select(a => a.Model.ToString()).Distinct())),
        new("models.synthesis", Snapshot.SynthesisModel.ToString()),
        new("models.judge", Snapshot.JudgeModel.ToString()),
    ];
}
