using System.CommandLine;

namespace Overmind.Cli.Commands;

static class KeyCommand
{
    public static Command Create() => new("key", "Make, list and revoke API keys, and change the key of access tokens; works without one, on the machine of the instance")
    {
        KeyCreateCommand.Create(),
        KeyListCommand.Create(),
        KeyRevokeCommand.Create(),
        KeyRotateSigningCommand.Create(),
    };
}
