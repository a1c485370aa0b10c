using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;
using Overmind.Cli.Runs;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class RunReplayCommand
{
    static readonly Argument<string> Step = new("step") { Description = "The step's key, as 1/agent:creative, or its id" };

    static readonly Option<string> Model = new("--model") { Description = "Model that answers, as offline/offline", HelpName = "model", Required = true };

    static readonly Option<double?> Temperature = new("--temperature") { Description = "0 to 2; default: the step's", HelpName = "number" };

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static Command Create()
    {
        var command = new Command("replay", "Make a step's call again with another model; the run stays as it is")
        {
            RunArguments.Run, Step, Model, Temperature, InstanceApi.Url, InstanceApi.Key,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var api = InstanceApi.Connect(parsed);
            var (run, named) = (parsed.GetValue(RunArguments.Run), parsed.GetValue(Step)!);
            var step = (await api.Runs.StepsAsync(run, stop)).FirstOrDefault(s => s.StepKey == named || s.Id.ToString() == named)
                ?? throw new CliException("step_not_found", $"run {run} has no step {named}", $"`overmind run show {run}` lists them");
            var asked = await api.Runs.ReplayAsync(
                run, step.Id, new NewReplay { Model = parsed.GetValue(Model)!, Temperature = parsed.GetValue(Temperature) }, cancellationToken: stop);
            var replay = await EndOfAsync(api, asked, stop);
            Output.Write(parsed, replay, Text(replay));
            return replay.Status == "succeeded" ? 0 : 1;
        });
        return command;
    }

    static async Task<StepReplay> EndOfAsync(OvermindClient api, StepReplay replay, CancellationToken stop)
    {
        while (!replay.IsEnded)
        {
            await Task.Delay(Pause, TimeProvider.System, stop);
            replay = await api.Runs.GetReplayAsync(replay.RunId, replay.StepId, replay.Id, stop);
        }
        return replay;
    }

    static string Text(StepReplay replay) => string.Join("\n\n",
    [
        .. replay.Output is { } output ? [TerminalText.WithoutControls(output)] : Array.Empty<string>(),
        .. replay.ErrorMessage is { } error ? [$"{replay.Status}: {error}"] : Array.Empty<string>(),
        string.Join(" · ",
        [
            $"{replay.Provider}/{replay.Model}",
            .. replay.Score is { } score ? [$"score {RunWords.Score(score)}"] : Array.Empty<string>(),
            RunWords.Count(replay.TokensInput + replay.TokensOutput, "token"),
            RunWords.Cost(replay.CostUsd),
            RunWords.Seconds((replay.LatencyMs ?? 0) / 1000.0),
        ]),
    ]);
}
