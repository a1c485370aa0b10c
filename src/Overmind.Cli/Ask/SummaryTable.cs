using Spectre.Console;

namespace Overmind.Cli.Ask;

/// <summary>The summary for people.</summary>
static class SummaryTable
{
    public static void Write(AskSummary summary, string results)
    {
        var table = new Table { Border = TableBorder.Simple, ShowHeaders = false }.AddColumns("", "");
        table.AddRow("questions", $"{summary.Answered} of {summary.Questions}");
        table.AddRow("runs", $"{summary.Runs}: {summary.Succeeded} succeeded, {summary.Failed} failed");
        table.AddRow("iterations", Counts(summary.Iterations.Select(count => ($"{count.Key}", count.Value))));
        table.AddRow("ended", Counts(summary.TerminationReasons.Select(count => (RunWords.Reason(count.Key), count.Value))));
        table.AddRow("mean score", RunWords.Score(summary.MeanScore));
        table.AddRow("tokens", $"{RunWords.Count(summary.TokensInput, "token")} in, {RunWords.Count(summary.TokensOutput, "token")} out");
        table.AddRow("cost", RunWords.Cost(summary.CostUsd));
        table.AddRow("time", RunWords.Seconds(summary.Seconds));
        table.AddRow(new Text("answers"), new Text(results));
        AnsiConsole.Write(table);
        if (summary.IsOffline)
            AnsiConsole.MarkupLineInterpolated($"[orange1]{RunWords.Offline}[/]");
    }

    static string Counts(IEnumerable<(string What, int Count)> counts) =>
        string.Join(", ", counts.Select(count => $"{count.What}: {count.Count}")).EscapeMarkup();
}
