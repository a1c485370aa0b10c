using Overmind.Cli.Transfers;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Ask;

/// <summary>Asks one question, shows its run, and ends with the answer. Exit code 0 when it succeeded, else 1.</summary>
sealed class AskOne(OvermindClient api, AskOptions options, bool json)
{
    /// <summary>What comes with the question.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public async Task<int> RunAsync(string question, Guid? conversationId)
    {
        using var interrupts = new Interrupts();
        List<Guid> attached = [];
        foreach (var file in Files)
            attached.Add((await UploadFile.SendAsync(api, file, null, null, interrupts.Leave)).Id);
        var conversation = conversationId ?? (await api.Conversations.CreateAsync(cancellationToken: interrupts.Leave)).Id;
        var asked = await api.Runs.CreateAsync(conversation, options.Run(question) with { AttachmentIds = attached.Count > 0 ? attached : null }, cancellationToken: interrupts.Leave);
        try
        {
            var last = await WatchAsync(asked.Id, interrupts);
            var run = last.Run!;
            if (json)
                Output.WriteJson(Console.Out, new { Run = last.Data.GetProperty("run"), run.Answer, Steps = (await api.Runs.StepsAsync(run.Id)).Count });
            else
                Tell(run);
            return run.Status == "succeeded" ? 0 : 1;
        }
        catch (OperationCanceledException) when (interrupts.Leave.IsCancellationRequested)
        {
            throw new CliException("left", $"left run {asked.Id} to itself", "see it in the console") { ExitCode = 130 };
        }
    }

    async Task<RunEvent> WatchAsync(Guid runId, Interrupts interrupts)
    {
        var cancelling = Task.CompletedTask;
        await using var cancel = interrupts.First.Register(() => cancelling = CancelAsync(runId, interrupts.Leave));
        var events = api.Runs.StreamAsync(runId, cancellationToken: interrupts.Leave);
        var last = await WatchedRun.FollowAsync(events, json, interrupts.Leave);
        await cancelling;
        return last;
    }

    async Task CancelAsync(Guid runId, CancellationToken leave)
    {
        await Console.Error.WriteLineAsync("Stopping the run; Ctrl-C again leaves it to itself");
        try
        {
            await api.Runs.CancelAsync(runId, leave);
        }
        catch (Exception e) when (!leave.IsCancellationRequested)
        {
            // The run goes on, and so does who watches it.
            await Console.Error.WriteLineAsync($"It could not be stopped: {e.Message}");
        }
    }

    static void Tell(Run run)
    {
        var figures = string.Join(" · ", Figures(run));
        if (Console.IsOutputRedirected)
        {
            Console.Out.WriteLine(run.Answer is null ? figures : $"{run.Answer}\n\n{figures}");
            if (run.IsOffline)
                Console.Out.WriteLine(RunWords.Offline);
        }
        else
        {
            AnsiConsole.Write(new Rule());
            Console.Out.WriteLine(TerminalText.WithoutControls(run.Answer ?? ""));
            AnsiConsole.Write(new Rule());
            AnsiConsole.MarkupLineInterpolated($"[bold]{figures}[/]");
            if (run.IsOffline)
                AnsiConsole.MarkupLineInterpolated($"[orange1]{RunWords.Offline}[/]");
        }
        if (run.Error is { } error)
            Console.Error.WriteLine($"{run.Status}: {error.Message}");
    }

    static IEnumerable<string> Figures(Run run) =>
    [
        $"score {RunWords.Score(run.BestScore)}",
        RunWords.Count(run.N2Iterations, "iteration"),
        RunWords.Count(run.TokensInput + run.TokensOutput, "token"),
        RunWords.Cost(run.CostUsd),
        RunWords.Seconds((run.LatencyMs ?? 0) / 1000.0),
        RunWords.Reason(run.TerminationReason),
    ];
}
