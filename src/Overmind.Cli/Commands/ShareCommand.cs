using System.CommandLine;

namespace Overmind.Cli.Commands;

static class ShareCommand
{
    public static Command Create() => new("share", "Share conversations by links that anybody may read, list and revoke them")
    {
        ShareCreateCommand.Create(),
        ShareListCommand.Create(),
        ShareRevokeCommand.Create(),
    };
}
