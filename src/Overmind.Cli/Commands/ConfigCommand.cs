using System.CommandLine;

namespace Overmind.Cli.Commands;

static class ConfigCommand
{
    public static Command Create() => new("config", "Say what is configured and where, and check it")
    {
        ConfigListCommand.Create(),
        ConfigCheckCommand.Create(),
    };
}
