using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Runs;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class RunShowCommand
{
    public static Command Create()
    {
        var command = new Command("show", "Show a run: where it stands, what it took, its steps and its answer") { RunArguments.Run, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, stop) =>
        {
            var api = InstanceApi.Connect(parsed);
            var run = await api.Runs.GetAsync(parsed.GetValue(RunArguments.Run), stop);
            var steps = await api.Runs.StepsAsync(run.Id, stop);
            if (Output.IsJson(parsed))
            {
                Output.WriteJson(Console.Out, new { Run = run, Steps = steps });
                return 0;
            }
            Console.Out.WriteLine($"{RunText.State(run)}\n{RunText.Figures(run)}\n");
            AnsiConsole.Write(RunTables.Of(steps));
            if (run.Answer is not null)
                Console.Out.WriteLine($"\n{TerminalText.WithoutControls(run.Answer)}");
            return 0;
        });
        return command;
    }
}
