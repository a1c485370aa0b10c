using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class UserListCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("list", "List the members of the key's organization");
        command.SetAction(async (parsed, ct) =>
        {
            var members = await NamedMember.ListAsync(InstanceApi.Connect(parsed), ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, members);
            else
                AnsiConsole.Write(TableOf(members));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<Member> members)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Member", "Name", "E-mail", "Role", "Permissions", "Last active");
        foreach (var member in members)
            table.AddRow(
                member.Id.ToString(),
                Markup.Escape(member.DisplayName),
                Markup.Escape(member.Email ?? ""),
                member.Role,
                string.Join(' ', member.Permissions),
                member.LastActiveAt?.ToString("yyyy-MM-dd HH:mm'Z'") ?? "never");
        return table;
    }
}
