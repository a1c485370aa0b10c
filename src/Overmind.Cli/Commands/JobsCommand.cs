using System.CommandLine;

namespace Overmind.Cli.Commands;

static class JobsCommand
{
    public static Command Create() => new("jobs", "Look at the queue, and change it")
    {
        JobsListCommand.Create(),
        JobsShowCommand.Create(),
        JobsRetryCommand.Create(),
        JobsCancelCommand.Create(),
        JobsEnqueueCommand.Create(),
        JobsStatsCommand.Create(),
        JobsScheduleCommand.Create(),
    };
}
