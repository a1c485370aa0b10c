using System.CommandLine;

namespace Overmind.Cli.Commands;

static class SettingsCommand
{
    public static Command Create() => new("settings", "Read and change the organization's settings")
    {
        SettingsShowCommand.Create(),
        SettingsEditCommand.Create(),
        SettingsRetentionCommand.Create(),
    };
}
