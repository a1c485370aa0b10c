using System.CommandLine;

namespace Overmind.Cli.Commands;

static class UserCommand
{
    public static Command Create() => new("user", "Members of the key's organization")
    {
        UserListCommand.Create(),
        UserShowCommand.Create(),
        UserEditCommand.Create(),
        UserRemoveCommand.Create(),
    };
}
