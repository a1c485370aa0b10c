using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class WorkflowDeleteCommand
{
    public static Command Create()
    {
        var command = new Command("delete", "Delete a workflow with all its versions") { WorkflowName.Key, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var key = parsed.GetValue(WorkflowName.Key)!;
            await InstanceApi.Connect(parsed).Workflows.DeleteAsync(key, cancellationToken: ct);
            Output.Write(parsed, new { Key = key, Deleted = true }, $"Deleted the workflow {key}; `overmind workflow restore {key}` brings it back");
            return 0;
        });
        return command;
    }
}
