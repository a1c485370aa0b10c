using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class WorkflowRestoreCommand
{
    public static Command Create()
    {
        var command = new Command("restore", "Bring a deleted workflow back") { WorkflowName.Key, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var workflow = await InstanceApi.Connect(parsed).Workflows.RestoreAsync(parsed.GetValue(WorkflowName.Key)!, ct);
            Output.Write(parsed, workflow, $"The workflow {workflow.Key} is back");
            return 0;
        });
        return command;
    }
}
