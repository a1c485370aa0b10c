using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class AgentRestoreCommand
{
    static readonly Argument<Guid> Which = new("id") { Description = "Its id, as `overmind agent delete` told it" };

    public static Command Create()
    {
        var command = new Command("restore", "Bring a deleted agent back") { Which, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var agent = await InstanceApi.Connect(parsed).Agents.RestoreAsync(parsed.GetValue(Which), ct);
            Output.Write(parsed, agent, $"The agent {agent.Key} is back");
            return 0;
        });
        return command;
    }
}
