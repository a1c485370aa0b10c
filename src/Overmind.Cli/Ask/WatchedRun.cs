using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Ask;

/// <summary>Follows the events of a run to the last one, which it returns, and shows them on the way.</summary>
static class WatchedRun
{
    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    /// <summary>On standard error: live on a terminal, else a line a step; nothing where JSON was asked for.</summary>
    public static Task<RunEvent> FollowAsync(IAsyncEnumerable<RunEvent> events, bool quiet, CancellationToken cancellationToken) =>
        quiet ? PlainAsync(events, null)
        : Console.IsErrorRedirected ? PlainAsync(events, Console.Error)
        : LiveAsync(events, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }), cancellationToken);

    /// <summary>As a table that grows.</summary>
    public static Task<RunEvent> LiveAsync(IAsyncEnumerable<RunEvent> events, IAnsiConsole terminal, CancellationToken cancellationToken)
    {
        var grid = new RunGrid();
        return terminal.Live(Text.Empty).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(Frame);
            await using var reader = events.GetAsyncEnumerator(cancellationToken);
            var next = reader.MoveNextAsync().AsTask();
            var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            RunEvent? last = null;
            for (var frame = 0; ;)
            {
                if (await Task.WhenAny(next, tick) == tick)
                {
                    await tick;
                    tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
                    frame++;
                }
                else if (await next)
                {
                    grid.Apply(reader.Current.Type, reader.Current.Data);
                    if (reader.Current.IsTerminal)
                        last = reader.Current;
                    next = reader.MoveNextAsync().AsTask();
                    continue;
                }
                else
                {
                    live.UpdateTarget(GridTable.Of(grid, frame));
                    return last ?? throw NoEnd();
                }
                live.UpdateTarget(GridTable.Of(grid, frame));
            }
        });
    }

    /// <summary>As lines: what is done, what failed, how each iteration scored.</summary>
    public static async Task<RunEvent> PlainAsync(IAsyncEnumerable<RunEvent> events, TextWriter? lines)
    {
        RunEvent? last = null;
        await foreach (var happened in events)
        {
            if (lines is not null && Line(happened) is { } line)
                await lines.WriteLineAsync(line);
            if (happened.IsTerminal)
                last = happened;
        }
        return last ?? throw NoEnd();
    }

    static string? Line(RunEvent happened) => happened.Type switch
    {
        "run.waiting" => $"waiting for the approval of iteration {happened.Data.GetProperty("iteration")}: overmind run approve {happened.Text("run_id")}",
        "run.approved" => $"iteration {happened.Data.GetProperty("iteration")} approved",
        "run.rejected" => $"iteration {happened.Data.GetProperty("iteration")} rejected",
        "run.retried" => "retried",
        "step.delegated" => $"{happened.Text("step_key")} asks {happened.Text("to")}",
        "run.started" when happened.Data.GetProperty("resumed").GetBoolean() => "taken up again",
        "step.completed" => $"{happened.Text("step_key")} done, {happened.Data.GetProperty("tokens_output")} tokens",
        "step.sent_back" => $"{happened.Text("step_key")} asked again: {happened.Text("reason")}",
        "step.failed" => $"{happened.Text("step_key")} failed: {happened.Text("error_message")}",
        "iteration.completed" => $"iteration {happened.Data.GetProperty("iteration")}: {(happened.Data.GetProperty("score") is { ValueKind: System.Text.Json.JsonValueKind.Number } score ? RunWords.Score(score.GetDouble()) : "unscored")}",
        _ => null,
    };

    static InvalidOperationException NoEnd() => new("The events of the run are no longer kept.");
}
