using System.CommandLine;

namespace Overmind.Cli.Commands;

static class AgentCommand
{
    public static Command Create() => new("agent", "Make, list and change agents")
    {
        AgentListCommand.Create(),
        AgentShowCommand.Create(),
        AgentCreateCommand.Create(),
        AgentEditCommand.Create(),
        AgentDeleteCommand.Create(),
        AgentRestoreCommand.Create(),
        AgentCopyCommand.Create(),
    };
}
