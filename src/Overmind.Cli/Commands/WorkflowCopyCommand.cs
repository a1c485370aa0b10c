using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class WorkflowCopyCommand
{
    static readonly Argument<Guid> Which = new("id") { Description = "Its id, as `overmind workflow list --public` shows it" };

    static readonly Option<string?> As = new("--as") { Description = "Key of the copy; default: the original's", HelpName = "key" };

    public static Command Create()
    {
        var command = new Command("copy", "Copy a workflow that an organization has published, with its agents") { Which, As, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var copy = await InstanceApi.Connect(parsed).Workflows.CopyAsync(parsed.GetValue(Which), parsed.GetValue(As), cancellationToken: ct);
            Output.Write(parsed, copy, $"Made the workflow {copy.Key}@{copy.Version}; it is active");
            return 0;
        });
        return command;
    }
}
