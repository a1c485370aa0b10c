using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class WorkflowShowCommand
{
    public static Command Create()
    {
        var command = new Command("show", "Show a version of a workflow") { WorkflowName.Argument, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var (key, version) = WorkflowName.Split(parsed.GetValue(WorkflowName.Argument)!);
            var workflow = await InstanceApi.Connect(parsed).Workflows.GetAsync(key, version, ct);
            Output.Write(parsed, workflow, Fields.Of(workflow));
            return 0;
        });
        return command;
    }
}
