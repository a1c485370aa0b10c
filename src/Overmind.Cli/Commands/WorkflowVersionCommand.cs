using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class WorkflowVersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Make the next version of a workflow, a draft, with what the options and the file change") { WorkflowName.Argument };
        foreach (var option in WorkflowOptions.All.Append(InstanceApi.Url).Append(InstanceApi.Key))
            command.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var (key, from) = WorkflowName.Split(parsed.GetValue(WorkflowName.Argument)!);
            var changes = await WorkflowOptions.ReadAsync(parsed, ct);
            var made = await InstanceApi.Connect(parsed).Workflows.AddVersionAsync(key, changes, from, cancellationToken: ct);
            Output.Write(parsed, made, $"Made the draft {made.Key}@{made.Version}; `overmind ask --workflow {made.Key}@{made.Version} …` tries it, `overmind workflow activate {made.Key}@{made.Version}` puts it into use");
            return 0;
        });
        return command;
    }
}
