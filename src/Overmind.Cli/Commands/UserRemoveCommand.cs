using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class UserRemoveCommand
{
    static readonly Argument<string> Which = NamedMember.Argument();

    public static Command Create()
    {
        var command = ApiVerb.Create("remove", "End a membership, and at once the keys and sessions that act in its name", Which);
        command.SetAction(async (parsed, ct) =>
        {
            var client = InstanceApi.Connect(parsed);
            var member = await NamedMember.FindAsync(client, parsed.GetValue(Which)!, ct);
            await client.Members.RemoveAsync(member.Id, ct);
            Output.Write(parsed, new { member.Id, Deleted = true }, $"Removed {member.DisplayName}");
            return 0;
        });
        return command;
    }
}
