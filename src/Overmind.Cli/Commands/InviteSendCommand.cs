using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class InviteSendCommand
{
    static readonly Argument<string> Email = new("e-mail") { Description = "Whom to invite" };

    static readonly Option<string> Role = new("--role") { Description = "What they will be: admin, user or viewer", DefaultValueFactory = _ => "user", HelpName = "role" };

    static readonly Option<int> Days = new("--days") { Description = "In how many days the link expires, 1 to 30", DefaultValueFactory = _ => 7, HelpName = "number" };

    public static Command Create()
    {
        var command = ApiVerb.Create("send", "Invite somebody; the link is in the mail alone", Email, Role, Days);
        command.SetAction(async (parsed, ct) =>
        {
            var invitation = await InstanceApi.Connect(parsed).Invitations.CreateAsync(
                new NewInvitation { Email = parsed.GetValue(Email)!, Role = parsed.GetValue(Role), ExpiresInDays = parsed.GetValue(Days) }, null, ct);
            Output.Write(parsed, invitation, $"Invited {invitation.Email} as {invitation.Role}, until {invitation.ExpiresAt:yyyy-MM-dd HH:mm'Z'}");
            return 0;
        });
        return command;
    }
}
