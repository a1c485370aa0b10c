using Overmind.Models;
using Overmind.Models.Tokens;
using Overmind.Usage;

namespace Overmind.Agents;

/// <summary>Before which iterations a run waits for somebody's approval.</summary>
static class RunApprovals
{
    public const string Approved = "approved";
    public const string Rejected = "rejected";

    /// <summary>The decision on an iteration; null while there is none.</summary>
    public static RunDecision? On(RunSnapshot run, int iteration) => run.Approvals.LastOrDefault(a => a.Iteration == iteration);

    /// <summary>Why an iteration has to be approved, and what it may cost; null when it needs no approval.</summary>
    public static RunWaiting? Needed(RunSnapshot run, RunProgress progress, int iteration, DateTimeOffset now, decimal costSoFar)
    {
        if (run.ApproveFromIteration is null && run.ApproveAboveUsd is null) return null;
        var estimate = Estimate(run, progress, iteration);
        var reason = iteration >= run.ApproveFromIteration ? "approve_from_iteration"
            : costSoFar + estimate > run.ApproveAboveUsd ? "approve_above_usd"
            : null;
        return reason is null ? null : new RunWaiting
        {
            Iteration = iteration,
            Reason = reason,
            CostUsd = costSoFar,
            EstimatedCostUsd = estimate,
            RepairDirective = iteration == 1 ? null : progress.Directive(iteration),
            Since = now,
        };
    }

    /// <summary>
    /// The calls of the first iteration, reckoned from the top: every answer as long as it may be. What they cost is asked when the run is made, and
    /// stands in its snapshot.
    /// </summary>
    public static IReadOnlyList<(ModelReference Model, long TokensInput, long TokensOutput)> FirstCalls(RunSnapshot run)
    {
        long Asked(ModelReference model) => TokenCount.Of(model, run.Question) + run.History.Sum(m => TokenCount.Of(model, m.Content))
            + TokenCount.Of(model, run.Summary?.Text ?? "") + run.Attachments.Sum(a => a.Text is null ? TokenCount.PerImage : TokenCount.Of(model, a.Text));
        var answered = run.Agents.Sum(a => (long)a.MaxTokens);
        return
        [
            .. run.Agents.Select(a => (a.Model, Asked(a.Model), (long)a.MaxTokens)),
            .. ((StepPhase[])[StepPhase.Observe, StepPhase.Distil, StepPhase.Assemble]).Select(
                phase => (run.SynthesisModel, Asked(run.SynthesisModel) + answered, (long)RunPrompts.Template(run.Prompts, phase).MaxTokens)),
            (run.JudgeModel, Asked(run.JudgeModel) + run.Prompts.Assemble.MaxTokens, run.Prompts.Inspect.MaxTokens),
        ];
    }

    /// <summary>What calls cost together; null when a price is unknown.</summary>
    public static decimal? Sum(IReadOnlyList<decimal?> costs) => costs.Any(c => c is null) ? null : costs.Sum();

    /// <summary>What an iteration may cost, in US dollars; null when a price is unknown. Later ones cost about what the one before did, whose prompts they repeat.</summary>
    static decimal? Estimate(RunSnapshot run, RunProgress progress, int iteration) =>
        iteration > 1 ? Sum(progress.Costs(iteration - 1)) : run.FirstIterationUsd;
}
