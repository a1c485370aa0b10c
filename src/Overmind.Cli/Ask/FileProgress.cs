using Spectre.Console;

namespace Overmind.Cli.Ask;

/// <summary>How far a file of questions is: a bar on a terminal, else a line a question; on standard error, so that the result stands alone.</summary>
sealed class FileProgress
{
    readonly int _questions;
    readonly Action<string> _line;
    readonly ProgressTask? _bar;
    int _done;

    FileProgress(int questions, int answered, Action<string> line, ProgressTask? bar)
    {
        (_questions, _done, _line, _bar) = (questions, answered, line, bar);
        Describe();
    }

    /// <param name="file">Its runs are counted, those of answered questions as done.</param>
    public static Task ShowAsync(QuestionFile file, ResultFile results, bool quiet, Func<FileProgress, Task> work)
    {
        var answered = file.Questions.Where(question => results.Of(question) is not null).ToList();
        if (quiet || Console.IsErrorRedirected)
            return work(new FileProgress(file.Questions.Count, answered.Count, quiet ? _ => { } : Console.Error.WriteLine, null));
        return AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress()
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask("", maxValue: file.Questions.Sum(question => question.Turns.Count));
                bar.Value = answered.Sum(question => question.Turns.Count);
                return work(new FileProgress(file.Questions.Count, answered.Count, _ => { }, bar));
            });
    }

    public void TurnDone() => _bar?.Increment(1);

    public void QuestionDone(Question question, QuestionResult result)
    {
        var done = Interlocked.Increment(ref _done);
        _line($"{question.Id.ToJsonString()}: {string.Join(", ", result.Turns.Select(turn => turn.Status == "succeeded" ? RunWords.Score(turn.Score) : turn.Status))} ({done} of {_questions})");
        Describe();
    }

    void Describe()
    {
        if (_bar is not null)
            _bar.Description = $"{_done} of {RunWords.Count(_questions, "question")}";
    }
}
