using System.Globalization;
using Overmind.Agents;
using Overmind.WebConsole.Text;

namespace Overmind.WebConsole.Agents;

/// <summary>States and ends in words.</summary>
public static class Words
{
    /// <summary>A phase's name, as <c>Observe</c>.</summary>
    public static string Phase(StepPhase phase) => phase.ToString();

    /// <summary>The colour of a state: good, bad, accent, or none.</summary>
    public static string Tone(RunStatus status) => status switch
    {
        RunStatus.Succeeded => "good",
        RunStatus.Failed => "bad",
        RunStatus.Cancelled => "",
        _ => "accent",
    };

    /// <summary>How the run ended, or what it does now, in a sentence.</summary>
    public static string Outcome(RunViewModel view)
    {
        var run = view.Run;
        if (view.IsActive) return run.CancelRequestedAt is not null ? "Stopping." : Doing(view);
        var threshold = Figures.Score(run.QualityThreshold);
        var kept = run.BestIteration is { } best ? best == run.N2Iterations ? "it is kept" : $"iteration {best} is kept" : "nothing was assembled";
        var shown = run.BestIteration is { } i ? $"The best so far, of iteration {i}, is shown." : "Nothing was assembled by then.";
        return run.TerminationReason switch
        {
            TerminationReason.Threshold => $"Iteration {run.BestIteration} reached the threshold of {threshold}.",
            TerminationReason.MaxIterations when run.MaxN2Iterations == 1 => $"One iteration was allowed, and it stayed below the threshold of {threshold}.",
            TerminationReason.MaxIterations => $"All {run.MaxN2Iterations} iterations stayed below the threshold of {threshold}; the best, of iteration {run.BestIteration}, is kept.",
            TerminationReason.Plateau => $"Two iterations in a row gained less than 0.2, below the threshold of {threshold}; {kept}.",
            TerminationReason.CostCap => $"It reached its cost cap of {Figures.Cost(run.CostCapUsd)}. {shown}",
            TerminationReason.Deadline => $"Its deadline passed. {shown}",
            TerminationReason.Cancelled when run.Status is RunStatus.Succeeded => $"Its next iteration was not approved; {kept}.",
            TerminationReason.Cancelled => $"It was stopped. {shown}",
            TerminationReason.Unscored => "No verdict could be read, so the answer has no score.",
            _ => "It ended without an answer.",
        };
    }

    /// <summary>What an answer's score says, as <c>9.2 of 10 after 2 iterations</c>.</summary>
    public static string Score(double? score, double? threshold, int? iterations) =>
        (score is null ? "unscored" : $"{Figures.Score(score, threshold)} of 10")
        + (iterations is { } n ? $" after {Figures.Count(n, "iteration")}" : "");

    static string Doing(RunViewModel view)
    {
        if (view.Run.Waiting is { Reason: RunWaiting.BudgetExceeded, Until: var until })
            return $"A budget is used up. It goes on by itself when the limit is raised{(until is { } end ? string.Create(CultureInfo.InvariantCulture, $", or on {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "")}.";
        if (view.Run.Waiting is { } waiting)
            return $"Iteration {waiting.Iteration} waits for an approval; it may cost {Figures.Cost(waiting.EstimatedCostUsd)}.";
        if (view.Run.Status is RunStatus.Queued && view.Iterations.Count == 0) return "Waiting for a worker.";
        var iteration = Math.Max(1, view.Iterations.Count);
        var phase = view.Progress.FirstOrDefault(p => p.State is ProgressState.Now)?.Name ?? "Agents";
        return $"Iteration {iteration}: " + phase switch
        {
            "Agents" => "the agents answer.",
            "Observe" => "observing what is needed.",
            "Distil" => "distilling the insights.",
            "Assemble" => "assembling the answer.",
            _ => "inspecting the answer.",
        };
    }
}
