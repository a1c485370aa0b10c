using Overmind.Agents;

namespace Overmind.WebConsole.Agents;

/// <summary>Reads iterations from their steps, and from what events said of them where they did.</summary>
static class IterationReading
{
    public static IReadOnlyList<IterationViewModel> Of(RunReducer state, Run run, bool isActive)
    {
        var count = state.IterationCount;
        var read = Enumerable.Range(1, count).Select(i => Read(state, i, count)).ToList();
        var kept = isActive ? Best(state, read) : run.BestIteration;
        return [.. read.Select(i => i with { IsKept = i.Number == kept })];
    }

    static IterationViewModel Read(RunReducer state, int iteration, int count)
    {
        var inspected = state.Find(StepKeys.Of(iteration, StepPhase.Inspect));
        var distilled = state.Find(StepKeys.Of(iteration, StepPhase.Distil));
        var facts = state.Facts(iteration);
        var verdict = inspected is { Status: StepStatus.Succeeded, Error: null } ? Verdict.Parse(inspected.Text, truncated: false, out _) : null;
        var isComplete = facts is { IsComplete: true } || inspected is { Status: StepStatus.Succeeded };
        var score = facts is { IsComplete: true } ? facts.Score : verdict?.Score;
        return new IterationViewModel
        {
            Number = iteration,
            Score = score,
            IsUnscored = isComplete && score is null,
            IsComplete = isComplete,
            Rationale = facts?.Rationale ?? verdict?.Rationale,
            Insights = distilled is { Status: StepStatus.Succeeded } ? Insights.Read(distilled.Text) : [],
            HasNext = iteration < count,
            RepairDirective = iteration < count ? state.Facts(iteration + 1)?.AskedToRepair ?? verdict?.RepairDirective ?? verdict?.Rationale : null,
        };
    }

    /// <summary>As the run itself keeps: the best scored, the earlier of two alike; without any score the latest assembled.</summary>
    static int? Best(RunReducer state, List<IterationViewModel> iterations)
    {
        var assembled = iterations.Where(i => state.Find(StepKeys.Of(i.Number, StepPhase.Assemble)) is { Status: StepStatus.Succeeded }).ToList();
        return (assembled.Where(i => i.Score is not null).MaxBy(i => i.Score) ?? assembled.LastOrDefault())?.Number;
    }
}
