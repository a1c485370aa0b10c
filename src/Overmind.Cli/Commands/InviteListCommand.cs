using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class InviteListCommand
{
    static readonly Option<string?> Status = new("--status") { Description = "Only those that are pending, accepted, expired or cancelled", HelpName = "status" };

    public static Command Create()
    {
        var command = ApiVerb.Create("list", "List the organization's invitations, newest first, at most 100", Status);
        command.SetAction(async (parsed, ct) =>
        {
            var invitations = (await InstanceApi.Connect(parsed).Invitations.ListAsync(parsed.GetValue(Status), new Client.PageRequest { Limit = 100 }, ct)).Items;
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, invitations);
            else
                AnsiConsole.Write(TableOf(invitations));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<Invitation> invitations)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Invitation", "E-mail", "Role", "Status", "Expires");
        foreach (var invitation in invitations)
            table.AddRow(
                invitation.Id.ToString(), Markup.Escape(invitation.Email), invitation.Role, invitation.Status, invitation.ExpiresAt.ToString("yyyy-MM-dd HH:mm'Z'"));
        return table;
    }
}
