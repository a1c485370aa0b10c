using Overmind.Cli.Ask;
using Overmind.Client;

namespace Overmind.Cli.Runs;

/// <summary>A run in lines.</summary>
static class RunText
{
    /// <summary>Where it stands, and what can be done about it.</summary>
    public static string State(Run run) => run switch
    {
        { Waiting: { } waiting } =>
            $"waiting for the approval of iteration {waiting.Iteration} ({waiting.Reason}), which may cost {RunWords.Cost(waiting.EstimatedCostUsd)}; "
            + $"`overmind run approve {run.Id}` or `overmind run reject {run.Id}`",
        { TerminationReason: { } reason } => $"{run.Status}: {RunWords.Reason(reason)}{(run.Error is { } error ? $". {error.Message}" : "")}",
        { CancelRequestedAt: not null } => $"{run.Status}, stopping",
        _ => run.Status,
    };

    public static string Figures(Run run) => string.Join(" · ",
    [
        $"score {RunWords.Score(run.BestScore)}",
        RunWords.Count(run.N2Iterations, "iteration"),
        RunWords.Count(run.TokensInput + run.TokensOutput, "token"),
        RunWords.Cost(run.CostUsd),
        .. run.LatencyMs is { } latency ? [RunWords.Seconds(latency / 1000.0)] : Array.Empty<string>(),
        .. run.RetryCount > 0 ? [RunWords.Count(run.RetryCount, "retry", "retries")] : Array.Empty<string>(),
    ]);
}
