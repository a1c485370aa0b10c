using Overmind.Cli.Ask;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Runs;

/// <summary>Two runs side by side: the settings that differ, figures, scores, and what each step took.</summary>
static class ComparisonTable
{
    public static Table Of(RunComparison comparison)
    {
        var (left, right) = (comparison.Left, comparison.Right);
        var table = new Table().Border(TableBorder.None).AddColumns("", Short(left), Short(right));
        if (!comparison.Question.IsSame)
            Row("question", comparison.Question.Left, comparison.Question.Right);
        foreach (var setting in comparison.Settings.Where(s => !s.IsSame))
            Row(setting.Name, setting.Left ?? "", setting.Right ?? "");
        Row("status", left.Status, right.Status);
        Row("score", RunWords.Score(left.BestScore), RunWords.Score(right.BestScore));
        Row("tokens", $"{left.TokensInput + left.TokensOutput:#,0}", $"{right.TokensInput + right.TokensOutput:#,0}");
        Row("cost", RunWords.Cost(left.CostUsd), RunWords.Cost(right.CostUsd));
        Row("time", Time(left.LatencyMs), Time(right.LatencyMs));
        foreach (var iteration in comparison.Iterations)
        {
            Row($"iteration {iteration.Iteration}", RunWords.Score(iteration.LeftScore), RunWords.Score(iteration.RightScore));
            foreach (var step in iteration.Steps)
                Row($"  {step.Name}", Took(step.Left), Took(step.Right));
        }
        return table;

        void Row(string name, string ours, string theirs) => table.AddRow(Markup.Escape(name), Markup.Escape(ours), Markup.Escape(theirs));
    }

    static string Took(ComparedAnswer? answer) => answer is null
        ? ""
        : $"{answer.Status}, {answer.TokensInput + answer.TokensOutput:#,0} tokens{(answer.LatencyMs is { } latency ? $", {RunWords.Seconds(latency / 1000.0)}" : "")}";

    static string Time(long? milliseconds) => milliseconds is { } known ? RunWords.Seconds(known / 1000.0) : "";

    static string Short(Run run) => run.Id.ToString()[..13];
}
