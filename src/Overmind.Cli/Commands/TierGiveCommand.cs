using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class TierGiveCommand
{
    static readonly Argument<string> Tier = new("tier") { Description = "Its name, as pro" };

    static readonly Option<string?> User = new("--user") { Description = "E-mail of the member; default: the first admin", HelpName = "e-mail" };

    public static Command Create()
    {
        var command = new Command("give", "Give a member a tier, offered or not, on the machine of the instance: a higher one at once, a lower one from the end of the period") { Tier, User };
        command.SetAction(async (parsed, ct) =>
        {
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var member = await access.MemberAsync(parsed.GetValue(User), ct);
            var tier = parsed.GetValue(Tier)!;
            var given = await access.Organizations.SetTierAsync(member.OrganizationId!.Value, member.UserId!.Value, tier, ct)
                ?? throw new CliException("tier_not_found", $"there is no tier {tier}", "see `overmind tier list`");
            Output.Write(parsed, given, given.NextTier is { } next
                ? $"{next} follows {given.Tier} on {given.CurrentPeriodEnd:yyyy-MM-dd}"
                : $"{given.Tier} until {given.CurrentPeriodEnd:yyyy-MM-dd}");
            return 0;
        });
        return command;
    }
}
