using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class AgentDeleteCommand
{
    static readonly Argument<string> Which = new("agent") { Description = "Its key or id" };

    public static Command Create()
    {
        var command = new Command("delete", "Delete an agent that no active workflow uses") { Which, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var client = InstanceApi.Connect(parsed);
            var agent = await AgentLookup.FindAsync(client, parsed.GetValue(Which)!, ct);
            await client.Agents.DeleteAsync(agent.Id, cancellationToken: ct);
            Output.Write(parsed, new { agent.Id, Deleted = true }, $"Deleted the agent {agent.Key}; `overmind agent restore {agent.Id}` brings it back");
            return 0;
        });
        return command;
    }
}
