using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;
using Overmind.Cli.Runs;

namespace Overmind.Cli.Commands;

static class RunWatchCommand
{
    public static Command Create()
    {
        var command = new Command("watch", "Follow a run to its end; Ctrl-C leaves it to itself") { RunArguments.Run, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, stop) =>
        {
            var api = InstanceApi.Connect(parsed);
            var run = await api.Runs.GetAsync(parsed.GetValue(RunArguments.Run), stop);
            if (!run.IsEnded || !Output.IsJson(parsed))
                await WatchedRun.FollowAsync(api.Runs.StreamAsync(run.Id, cancellationToken: stop), Output.IsJson(parsed), stop);
            run = await api.Runs.GetAsync(run.Id, stop);
            Output.Write(parsed, run, $"{RunText.State(run)}\n{RunText.Figures(run)}");
            return run.Status == "succeeded" ? 0 : 1;
        });
        return command;
    }
}
