using System.CommandLine;

namespace Overmind.Cli.Commands;

static class RunCommand
{
    public static Command Create() => new("run", "See runs, and decide what becomes of them")
    {
        RunListCommand.Create(),
        RunShowCommand.Create(),
        RunWatchCommand.Create(),
        RunCancelCommand.Create(),
        RunApproveCommand.Create(),
        RunRejectCommand.Create(),
        RunRetryCommand.Create(),
        RunReplayCommand.Create(),
        RunCompareCommand.Create(),
    };
}
