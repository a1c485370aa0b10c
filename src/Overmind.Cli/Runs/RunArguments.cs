using System.CommandLine;

namespace Overmind.Cli.Runs;

/// <summary>What the verbs of runs have in common.</summary>
static class RunArguments
{
    public static readonly Argument<Guid> Run = new("run") { Description = "The run's id" };

    public static readonly Option<int?> Iteration = new("--iteration")
    {
        Description = "The iteration that is meant; default: the one it waits for",
        HelpName = "number",
    };

    public static readonly Option<string?> Note = new("--note") { Description = "Why; kept with the run", HelpName = "text" };
}
