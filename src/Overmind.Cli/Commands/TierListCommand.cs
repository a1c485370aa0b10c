using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class TierListCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("list", "List the tiers of the installation, the lowest first");
        command.SetAction(async (parsed, ct) =>
        {
            var tiers = await InstanceApi.Connect(parsed).Profile.ListTiersAsync(ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, tiers);
            else
                AnsiConsole.Write(TableOf(tiers));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<SubscriptionTier> tiers)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Tier", "Name", "Price", "Runs a month", "Tokens a month", "Cost a month", "Offered");
        foreach (var tier in tiers)
            table.AddRow(
                tier.TierName,
                Markup.Escape(tier.DisplayName),
                tier.PriceUsd is { } price ? $"${price}" : "by agreement",
                tier.MonthlyQueryLimit?.ToString() ?? "no limit",
                tier.MonthlyTokenLimit?.ToString() ?? "no limit",
                tier.MonthlyCostLimitUsd is { } cost ? $"${cost}" : "no limit",
                tier.IsOffered ? "yes" : "no");
        return table;
    }
}
