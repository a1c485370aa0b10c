using System.CommandLine;

namespace Overmind.Cli.Commands;

static class KeyCommand
{
    public static Command Create() => new("key", "Make, list and revoke API keys; works without one, on the machine of the instance")
    {
        KeyCreateCommand.Create(),
        KeyListCommand.Create(),
        KeyRevokeCommand.Create(),
    };
}
