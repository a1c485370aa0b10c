using Overmind.Cli.Ask;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Runs;

/// <summary>Runs and steps as tables.</summary>
static class RunTables
{
    public static Table Of(IReadOnlyList<Run> runs)
    {
        var table = New("Run", "Status", "Score", "Iterations", "Tokens", "Cost", "Started");
        foreach (var run in runs)
            table.AddRow(
                run.Id.ToString(),
                run.Status,
                run.BestScore is null ? "" : RunWords.Score(run.BestScore),
                $"{run.N2Iterations} of {run.MaxN2Iterations}",
                $"{run.TokensInput + run.TokensOutput:#,0}",
                RunWords.Cost(run.CostUsd),
                run.CreatedAt.ToString("yyyy-MM-dd HH:mm'Z'"));
        return table;
    }

    public static Table Of(IReadOnlyList<RunStep> steps)
    {
        var table = New("Step", "Status", "Model", "Attempts", "Tokens", "Cost", "Time");
        foreach (var step in steps)
            table.AddRow(
                Markup.Escape(step.StepKey),
                step.Status,
                Markup.Escape($"{step.Provider}/{step.Model}"),
                $"{step.Attempt}",
                $"{step.TokensInput + step.TokensOutput:#,0}",
                RunWords.Cost(step.CostUsd),
                step.LatencyMs is { } latency ? RunWords.Seconds(latency / 1000.0) : "");
        return table;
    }

    static Table New(params string[] columns) => new Table().Border(TableBorder.None).AddColumns(columns);
}
