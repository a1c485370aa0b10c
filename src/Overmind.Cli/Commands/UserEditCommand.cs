using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class UserEditCommand
{
    static readonly Argument<string> Which = NamedMember.Argument();

    static readonly Option<string?> Role = new("--role") { Description = "admin, user or viewer", HelpName = "role" };

    static readonly Option<string?> Name = new("--name") { Description = "Name that the other members see", HelpName = "name" };

    static readonly Option<string?> Permissions = new("--permissions") { Description = "Permissions beyond those of the role; none takes them away", HelpName = "members.manage,audit.read" };

    public static Command Create()
    {
        var command = ApiVerb.Create("edit", "Change what the options name of a member", Which, Role, Name, Permissions);
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(Role) is null && parsed.GetValue(Name) is null && parsed.GetValue(Permissions) is null)
                throw new CliException("nothing_to_change", "nothing is to be changed", "pass --role, --name or --permissions") { ExitCode = 2 };
            var client = InstanceApi.Connect(parsed);
            var member = await NamedMember.FindAsync(client, parsed.GetValue(Which)!, ct);
            var changed = await client.Members.UpdateAsync(
                member.Id,
                new Client.MemberChanges
                {
                    Role = parsed.GetValue(Role),
                    DisplayName = parsed.GetValue(Name),
                    Permissions = parsed.GetValue(Permissions) is { } names ? names == "none" ? [] : names.Split(',', StringSplitOptions.TrimEntries) : null,
                    UnchangedSince = member.UpdatedAt,
                }, ct);
            Output.Write(parsed, changed, $"Changed {changed.DisplayName}: {string.Join(' ', changed.Permissions.Prepend(changed.Role))}");
            return 0;
        });
        return command;
    }
}
