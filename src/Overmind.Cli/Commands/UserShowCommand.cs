using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class UserShowCommand
{
    static readonly Argument<string> Which = NamedMember.Argument();

    public static Command Create()
    {
        var command = ApiVerb.Create("show", "Show a member: role, permissions, when they were last here", Which);
        command.SetAction(async (parsed, ct) =>
        {
            var member = await NamedMember.FindAsync(InstanceApi.Connect(parsed), parsed.GetValue(Which)!, ct);
            Output.Write(parsed, member, Text(member));
            return 0;
        });
        return command;
    }

    static string Text(Member member)
    {
        var lines = new List<string> { $"{member.DisplayName} ({string.Join(", ", new[] { member.Email, member.Id.ToString() }.OfType<string>())})" };
        Add("Role", member.Role);
        Add("Permissions", member.Permissions.Count == 0 ? "those of the role" : string.Join(' ', member.Permissions));
        Add("User", member.UserId.ToString());
        Add("Time zone", member.Timezone);
        Add("Joined", Time(member.CreatedAt));
        Add("Last sign-in", Time(member.LastLoginAt));
        Add("Last active", Time(member.LastActiveAt));
        if (member.LeftAt is { } left) Add("Left", Time(left));
        return TerminalText.WithoutControls(string.Join('\n', lines));

        void Add(string name, string value) => lines.Add($"{name,-14} {value}");
    }

    static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm'Z'") ?? "never";
}
