using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Runs;

namespace Overmind.Cli.Commands;

static class RunRetryCommand
{
    public static Command Create()
    {
        var command = new Command("retry", "Let a run that failed or was cancelled go on; what it has recorded stays")
        {
            RunArguments.Run, InstanceApi.Url, InstanceApi.Key,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var run = await InstanceApi.Connect(parsed).Runs.RetryAsync(parsed.GetValue(RunArguments.Run), stop);
            Output.Write(parsed, run, RunText.State(run));
            return 0;
        });
        return command;
    }
}
