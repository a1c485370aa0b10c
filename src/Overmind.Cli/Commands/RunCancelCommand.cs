using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Runs;

namespace Overmind.Cli.Commands;

static class RunCancelCommand
{
    public static Command Create()
    {
        var command = new Command("cancel", "Ask a run to stop; its best answer stays readable") { RunArguments.Run, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, stop) =>
        {
            var run = await InstanceApi.Connect(parsed).Runs.CancelAsync(parsed.GetValue(RunArguments.Run), stop);
            Output.Write(parsed, run, RunText.State(run));
            return 0;
        });
        return command;
    }
}
