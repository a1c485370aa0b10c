using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class AgentEditCommand
{
    static readonly Argument<string> Which = new("agent") { Description = "Its key or id" };

    public static Command Create()
    {
        var command = new Command("edit", "Change what the options and the file name of an agent") { Which };
        foreach (var option in AgentOptions.All.Append(InstanceApi.Url).Append(InstanceApi.Key))
            command.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var client = InstanceApi.Connect(parsed);
            var changes = await AgentOptions.ReadAsync(parsed, ct);
            var agent = await AgentLookup.FindAsync(client, parsed.GetValue(Which)!, ct);
            var changed = await client.Agents.UpdateAsync(agent.Id, changes with { UnchangedSince = agent.UpdatedAt }, ct);
            Output.Write(parsed, changed, $"Changed the agent {changed.Key}");
            return 0;
        });
        return command;
    }
}
