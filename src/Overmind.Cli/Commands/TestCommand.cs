using System.CommandLine;

namespace Overmind.Cli.Commands;

static class TestCommand
{
    /// <summary>Listed for the help. The launcher runs the verb itself: it builds what would otherwise be running.</summary>
    public static Command Create()
    {
        var command = new Command("test", "Set up what is missing, build, and run every test (in a clone of the repository)")
        {
            new Argument<string[]>("filters") { Description = "Passed on to dotnet test, as --filter-class", Arity = ArgumentArity.ZeroOrMore },
        };
        command.SetAction(parsed => Failure.Report(parsed.GetValue(GlobalOptions.Format), new CliException(
            "not_a_clone", "the tests are in the repository", "run ./overmind test in a clone of it")));
        return command;
    }
}
