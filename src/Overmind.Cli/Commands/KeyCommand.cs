using System.CommandLine;

namespace Overmind.Cli.Commands;

static class KeyCommand
{
    public static Command Create() => new("key", "Make, list, rotate and revoke API keys, and change the key of access tokens; works without one, on the machine of the instance")
    {
        KeyCreateCommand.Create(),
        KeyListCommand.Create(),
        KeyRotateCommand.Create(),
        KeyRevokeCommand.Create(),
        KeyRotateSigningCommand.Create(),
    };
}
