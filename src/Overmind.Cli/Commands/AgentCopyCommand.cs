using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class AgentCopyCommand
{
    static readonly Argument<string> Which = new("agent") { Description = "Key or id of one of the organization's, or id of a published one" };

    static readonly Option<string?> As = new("--as") { Description = "Key of the copy; default: the original's", HelpName = "key" };

    public static Command Create()
    {
        var command = new Command("copy", "Copy an agent, or one that another organization has published") { Which, As, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var client = InstanceApi.Connect(parsed);
            var which = parsed.GetValue(Which)!;
            var id = Guid.TryParse(which, out var given) ? given : (await AgentLookup.FindAsync(client, which, ct)).Id;
            var copy = await client.Agents.CopyAsync(id, parsed.GetValue(As), cancellationToken: ct);
            Output.Write(parsed, copy, $"Made the agent {copy.Key} ({copy.Id})");
            return 0;
        });
        return command;
    }
}
