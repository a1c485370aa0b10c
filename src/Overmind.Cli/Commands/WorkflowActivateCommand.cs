using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class WorkflowActivateCommand
{
    public static Command Create()
    {
        var command = new Command("activate", "Make a version the one that new runs use; an older one to roll back") { WorkflowName.Version, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var (key, version) = WorkflowName.SplitVersion(parsed.GetValue(WorkflowName.Version)!);
            var active = await InstanceApi.Connect(parsed).Workflows.ActivateAsync(key, version, ct);
            Output.Write(parsed, active, $"{active.Key}@{active.Version} is active");
            return 0;
        });
        return command;
    }
}
