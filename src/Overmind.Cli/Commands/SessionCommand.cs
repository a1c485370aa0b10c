using System.CommandLine;

namespace Overmind.Cli.Commands;

static class SessionCommand
{
    public static Command Create() => new("session", "List where the key's member is signed in, and end it")
    {
        SessionListCommand.Create(),
        SessionRevokeCommand.Create(),
    };
}
