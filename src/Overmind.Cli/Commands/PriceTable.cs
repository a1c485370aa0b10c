using System.Globalization;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

/// <summary>Prices as a table: US dollars for a million tokens.</summary>
static class PriceTable
{
    public static Table Of(IEnumerable<Price> prices)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Model", "Input", "Output", "Cache read", "Cache write", "When", "Source", "Id");
        foreach (var price in prices.OrderBy(p => p.Provider, StringComparer.Ordinal).ThenBy(p => p.Model, StringComparer.Ordinal).ThenBy(p => p.ContextAbove))
            table.AddRow(
                Markup.Escape($"{price.Provider}/{price.Model}"),
                Amount(price.PerMillion.Input),
                Amount(price.PerMillion.Output),
                Amount(price.PerMillion.CacheRead),
                Amount(price.PerMillion.CacheWrite),
                Markup.Escape(When(price)),
                price.Source,
                price.Id.ToString());
        return table;
    }

    public static string Amount(decimal? amount) => amount?.ToString("0.############", CultureInfo.InvariantCulture) ?? "";

    static string When(Price price) => string.Join(", ", Conditions(price));

    static IEnumerable<string> Conditions(Price price)
    {
        if (price.ContextAbove > 0) yield return $"above {price.ContextAbove} tokens";
        if (price.ServiceTier is { } tier) yield return tier;
        if (price.Hours is { } hours) yield return $"{hours.From}-{hours.To} UTC";
        if (price.ValidFrom is { } from) yield return $"from {Time(from)}";
        if (price.ValidTo is { } to) yield return $"until {Time(to)}";
    }

    static string Time(DateTimeOffset time) => time.TimeOfDay == default ? $"{time:yyyy-MM-dd}" : $"{time:yyyy-MM-dd HH:mm'Z'}";
}
