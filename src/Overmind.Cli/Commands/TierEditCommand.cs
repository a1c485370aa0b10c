using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Tenancy;

namespace Overmind.Cli.Commands;

static class TierEditCommand
{
    static readonly Argument<string> Tier = new("tier") { Description = "Its name, as pro" };

    static readonly Option<bool?> Offered = new("--offered") { Description = "Whether people choose it by themselves", HelpName = "true-or-false" };

    static readonly Option<string?> Price = new("--price") { Description = "Of a period, in US dollars; none: by agreement", HelpName = "usd" };

    static readonly Option<string?> Runs = new("--runs") { Description = "Runs a month; none for no limit", HelpName = "count" };

    static readonly Option<string?> Tokens = new("--tokens") { Description = "Tokens a month; none for no limit", HelpName = "count" };

    static readonly Option<string?> Cost = new("--cost") { Description = "What runs may cost a month, in US dollars; none for no limit", HelpName = "usd" };

    static readonly Option<string?> Features = new("--features") { Description = "Features that come with it; none for none", HelpName = "chat,highlights" };

    static TierEditCommand()
    {
        foreach (var option in new[] { Price, Runs, Tokens, Cost })
            option.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value: { } word }] && word != "none" && !decimal.TryParse(word, CultureInfo.InvariantCulture, out _))
                    result.AddError($"{option.Name} is a number or none");
            });
    }

    public static Command Create()
    {
        var command = new Command("edit", "Change a tier, on the machine of the instance; what is not named stays") { Tier, Offered, Price, Runs, Tokens, Cost, Features };
        command.SetAction(async (parsed, ct) =>
        {
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var name = parsed.GetValue(Tier)!;
            var changed = await access.Organizations.ChangeTierAsync(name, PatchOf(parsed), ct)
                ?? throw new CliException("tier_not_found", $"there is no tier {name}", "see `overmind tier list`");
            Output.Write(parsed, changed, $"Changed {changed.TierName}");
            return 0;
        });
        return command;
    }

    static SubscriptionTierPatch PatchOf(ParseResult parsed) => new()
    {
        IsOffered = parsed.GetValue(Offered),
        PriceUsd = Number<decimal?>(parsed, Price, number => number),
        MonthlyQueryLimit = Number<int?>(parsed, Runs, number => (int?)Math.Clamp(number ?? 0, int.MinValue, int.MaxValue)),
        MonthlyTokenLimit = Number<long?>(parsed, Tokens, number => (long?)Math.Clamp(number ?? 0, long.MinValue, long.MaxValue)),
        MonthlyCostLimitUsd = Number<decimal?>(parsed, Cost, number => number),
        Features = parsed.GetValue(Features) is { } features ? features == "none" ? [] : features.Split(',', StringSplitOptions.TrimEntries) : null,
    };

    static Change<T?>? Number<T>(ParseResult parsed, Option<string?> option, Func<decimal?, T?> read) =>
        parsed.GetValue(option) is not { } text ? null : new(text == "none" ? default : read(decimal.Parse(text, CultureInfo.InvariantCulture)));
}
