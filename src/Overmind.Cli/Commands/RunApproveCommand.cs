using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Runs;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class RunApproveCommand
{
    static readonly Option<string?> Directive = new("--directive")
    {
        Description = "What the iteration is to repair instead of what the judge named",
        HelpName = "text",
    };

    public static Command Create()
    {
        var command = new Command("approve", "Let a run that waits begin its next iteration")
        {
            RunArguments.Run, RunArguments.Iteration, RunArguments.Note, Directive, InstanceApi.Url, InstanceApi.Key,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var decision = new NewDecision
            {
                Iteration = parsed.GetValue(RunArguments.Iteration),
                Note = parsed.GetValue(RunArguments.Note),
                Directive = parsed.GetValue(Directive),
            };
            var run = await InstanceApi.Connect(parsed).Runs.ApproveAsync(parsed.GetValue(RunArguments.Run), decision, stop);
            Output.Write(parsed, run, RunText.State(run));
            return 0;
        });
        return command;
    }
}
