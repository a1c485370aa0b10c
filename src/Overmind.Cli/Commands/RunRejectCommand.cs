using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Runs;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class RunRejectCommand
{
    public static Command Create()
    {
        var command = new Command("reject", "End a run that waits, with the best answer it has")
        {
            RunArguments.Run, RunArguments.Iteration, RunArguments.Note, InstanceApi.Url, InstanceApi.Key,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var decision = new NewDecision { Iteration = parsed.GetValue(RunArguments.Iteration), Note = parsed.GetValue(RunArguments.Note) };
            var run = await InstanceApi.Connect(parsed).Runs.RejectAsync(parsed.GetValue(RunArguments.Run), decision, stop);
            Output.Write(parsed, run, RunText.State(run));
            return 0;
        });
        return command;
    }
}
