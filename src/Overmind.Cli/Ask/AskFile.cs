using System.Collections.Concurrent;
using System.Diagnostics;
using Overmind.Client;

namespace Overmind.Cli.Ask;

/// <summary>
/// Asks a file of questions, some at once, and goes on where an earlier run of the program stopped. A line that is no question, or that the
/// server refuses, is told with its number; the others go on. Exit code 0 when every question was asked and every run succeeded, else 1.
/// </summary>
sealed class AskFile(OvermindClient api, AskOptions options, int parallel, bool json)
{
    public async Task<int> RunAsync(string path, string resultsPath, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var file = QuestionFile.Read(path);
        using var journal = AskJournal.Open(resultsPath + ".state");
        using var results = ResultFile.Open(resultsPath);
        var refused = new ConcurrentBag<MalformedLine>();
        await FileProgress.ShowAsync(file, results, quiet: json, progress => AskAsync(file, journal, results, refused, progress, stop));

        var summary = AskSummary.Of(file, results, watch.Elapsed);
        if (summary.Answered == summary.Questions)
            journal.Delete();
        MalformedLine[] malformed = [.. file.Malformed.Concat(refused).OrderBy(line => line.Line)];
        if (json)
        {
            Output.WriteJson(Console.Out, new { Summary = summary, Malformed = malformed, Results = resultsPath });
        }
        else
        {
            foreach (var line in malformed)
                Console.Error.WriteLine($"{path}, line {line.Line}: {line.Problem}");
            SummaryTable.Write(summary, resultsPath);
        }
        return malformed.Length == 0 && summary.Answered == summary.Questions && summary.Failed == 0 ? 0 : 1;
    }

    async Task AskAsync(
        QuestionFile file, AskJournal journal, ResultFile results, ConcurrentBag<MalformedLine> refused, FileProgress progress, CancellationToken stop)
    {
        var asker = new QuestionAsker(api, options, journal);
        var patience = new Patience(TimeProvider.System);
        var open = file.Questions.Where(question => results.Of(question) is null);
        await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = stop }, async (question, cancel) =>
        {
            try
            {
                var told = 0;
                var result = await patience.WithAsync(() => asker.AskAsync(question, done =>
                {
                    patience.Answered();
                    // A question that is taken up again counts its turns from the first one.
                    if (done > told)
                        progress.TurnDone();
                    told = Math.Max(told, done);
                }, cancel), cancel);
                results.Append(result);
                progress.QuestionDone(question, result);
            }
            catch (OvermindApiException refusal) when (IsOfQuestion(refusal))
            {
                refused.Add(new MalformedLine(question.Line, refusal.Message));
            }
        });
    }

    // Anything else, a wrong key or workflow for example, would be refused for each question alike: that ends it all.
    static bool IsOfQuestion(OvermindApiException refusal) =>
        refusal.Code is "message_too_large" or "body_too_large" or "invalid_text" || refusal.Param == "question";
}
