using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Runs;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class RunCompareCommand
{
    static readonly Argument<Guid> Left = new("left") { Description = "The id of a run" };

    static readonly Argument<Guid> Right = new("right") { Description = "The id of another one" };

    public static Command Create()
    {
        var command = new Command("compare", "Show two runs side by side: settings, scores, steps, figures, and how their answers differ")
        {
            Left, Right, InstanceApi.Url, InstanceApi.Key,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var comparison = await InstanceApi.Connect(parsed).Runs.CompareAsync(parsed.GetValue(Left), parsed.GetValue(Right), stop);
            if (Output.IsJson(parsed))
            {
                Output.WriteJson(Console.Out, comparison);
                return 0;
            }
            AnsiConsole.Write(ComparisonTable.Of(comparison));
            foreach (var line in comparison.AnswerDiff)
                Console.Out.WriteLine($"{(line.Op == "delete" ? '-' : line.Op == "insert" ? '+' : ' ')} {TerminalText.WithoutControls(line.Text)}");
            return 0;
        });
        return command;
    }
}
