using System.CommandLine;
using System.Globalization;

namespace Overmind.Cli.Commands;

/// <summary>Which rate is meant.</summary>
static class RateArguments
{
    public static Argument<string> Currency() => new("currency") { Description = "The currency, as GBP" };

    public static Option<DateOnly?> From(string description) => new("--from") { Description = description, HelpName = "day" };

    public static DateOnly Day(ParseResult parsed, Option<DateOnly?> from) => parsed.GetValue(from) ?? DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);

    public static string Text(decimal rate) => rate.ToString("0.############", CultureInfo.InvariantCulture);
}
