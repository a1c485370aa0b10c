using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class KeyRevokeCommand
{
    static readonly Argument<string> Which = new("key") { Description = "Its id, or how it begins: sk_live_1a2b3c4d" };

    public static Command Create()
    {
        var command = new Command("revoke", "End an API key at once, for good") { Which };
        command.SetAction(async (parsed, ct) =>
        {
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var admin = await access.MemberAsync(null, ct);
            var key = await access.FindKeyAsync(admin, parsed.GetValue(Which)!, ct);
            var revoked = await access.Keys.RevokeAsync(admin, key.Id, ct);
            Output.Write(parsed, revoked, $"Revoked {revoked.KeyPrefix}_… ({revoked.Name})");
            return 0;
        });
        return command;
    }
}
