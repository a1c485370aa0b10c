using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class WorkflowEditCommand
{
    public static Command Create()
    {
        var command = new Command("edit", "Change a draft; of other versions the name, description, category and whether it is public") { WorkflowName.Version };
        foreach (var option in WorkflowOptions.All.Append(InstanceApi.Url).Append(InstanceApi.Key))
            command.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var (key, version) = WorkflowName.SplitVersion(parsed.GetValue(WorkflowName.Version)!);
            var changes = await WorkflowOptions.ReadAsync(parsed, ct);
            var changed = await InstanceApi.Connect(parsed).Workflows.UpdateAsync(key, version, changes, ct);
            Output.Write(parsed, changed, $"Changed {changed.Key}@{changed.Version}");
            return 0;
        });
        return command;
    }
}
