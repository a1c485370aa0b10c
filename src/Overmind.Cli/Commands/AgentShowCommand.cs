using System.CommandLine;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class AgentShowCommand
{
    static readonly Argument<string> Which = new("agent") { Description = "Its key or id" };

    public static Command Create()
    {
        var command = new Command("show", "Show an agent") { Which, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var agent = await AgentLookup.FindAsync(InstanceApi.Connect(parsed), parsed.GetValue(Which)!, ct);
            Output.Write(parsed, agent, Fields.Of(agent));
            return 0;
        });
        return command;
    }
}
