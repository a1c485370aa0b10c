using System.CommandLine;

namespace Overmind.Cli.Commands;

static class InviteCommand
{
    public static Command Create() => new("invite", "Invite people to the organization by mail, list invitations, send them once more, cancel them")
    {
        InviteSendCommand.Create(),
        InviteListCommand.Create(),
        InviteVerbs.Resend(),
        InviteVerbs.Cancel(),
    };
}
