using System.CommandLine;

namespace Overmind.Cli.Commands;

static class BenchCommand
{
    /// <summary>Listed for the help. The launcher runs the verb itself: the benchmark is built and run beside the product, which it measures.</summary>
    public static Command Create()
    {
        var command = new Command("bench", "Measure against floors taken in the same run; exit code 1 when an aim is missed (in a clone of the repository)")
        {
            new Argument<string[]>("options") { Description = "See ./overmind bench --help", Arity = ArgumentArity.ZeroOrMore },
        };
        command.SetAction(parsed => Failure.Report(parsed.GetValue(GlobalOptions.Format), new CliException(
            "not_a_clone", "the benchmark is in the repository", "run ./overmind bench in a clone of it")));
        return command;
    }
}
