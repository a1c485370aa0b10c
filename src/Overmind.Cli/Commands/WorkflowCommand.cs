using System.CommandLine;

namespace Overmind.Cli.Commands;

static class WorkflowCommand
{
    public static Command Create() => new("workflow", "Make, list and change workflows and their versions")
    {
        WorkflowListCommand.Create(),
        WorkflowShowCommand.Create(),
        WorkflowCreateCommand.Create(),
        WorkflowVersionCommand.Create(),
        WorkflowEditCommand.Create(),
        WorkflowActivateCommand.Create(),
        WorkflowDiffCommand.Create(),
        WorkflowRateCommand.Create(),
        WorkflowDeleteCommand.Create(),
        WorkflowRestoreCommand.Create(),
        WorkflowCopyCommand.Create(),
    };
}
