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
            var which = parsed.GetValue(Which)!;
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var admin = await access.MemberAsync(null, ct);
            var found = (await access.ListAsync(admin, ct)).Where(key => key.Id.ToString() == which || key.KeyPrefix == which).ToList();
            if (found is not [var key])
                throw new CliException(
                    "key_not_found", found.Count == 0 ? $"there is no API key {which}" : $"{found.Count} API keys begin with {which}", "see `overmind key list`");
            var revoked = await access.Keys.RevokeAsync(admin, key.Id, ct);
            Output.Write(parsed, revoked, $"Revoked {revoked.KeyPrefix}_… ({revoked.Name})");
            return 0;
        });
        return command;
    }
}
