using System.Globalization;

namespace Overmind.WebConsole.Text;

/// <summary>Figures as the console writes them: one form for each unit on every page, and – for what is not known.</summary>
public static class Figures
{
    /// <summary>Not known, which is not zero.</summary>
    public const string Unknown = "–";

    /// <summary>Tokens, as <c>18,402</c>; an estimate has ≈ before it.</summary>
    public static string Tokens(long? tokens, bool estimated = false) =>
        tokens is null ? Unknown : Mark(tokens.Value.ToString("N0", CultureInfo.InvariantCulture), estimated);

    /// <summary>A size, as <c>840 B</c>, <c>12 KB</c> or <c>3.4 MB</c> of 1,000 each.</summary>
    public static string Bytes(long? bytes) => bytes switch
    {
        null => Unknown,
        < 1000 => $"{bytes} B",
        < 1_000_000 => $"{bytes / 1000} KB",
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000}.{bytes / 100_000 % 10} MB"),
    };

    /// <summary>US dollars to four places, as <c>$0.1127</c>; what would round to nothing is <c>&lt;$0.0001</c>.</summary>
    public static string Cost(decimal? usd, bool estimated = false) => usd switch
    {
        null => Unknown,
        > 0 and < 0.00005m => "<$0.0001",
        // What is free is free, however much of it there was.
        _ => Mark("$" + usd.Value.ToString("N4", CultureInfo.InvariantCulture), estimated && usd > 0),
    };

    /// <summary>US dollars for a million tokens, as <c>$2.5</c>: as they were set, not rounded.</summary>
    public static string Price(decimal? usd) => usd is { } amount ? "$" + amount.ToString("#,0.############", CultureInfo.InvariantCulture) : Unknown;

    /// <summary>Milliseconds as <c>840 ms</c>, <c>11.8 s</c>, <c>3 min 05 s</c> or <c>2 h 04 min</c>.</summary>
    public static string Duration(long? milliseconds) => milliseconds switch
    {
        null => Unknown,
        < 1 => "<1 ms",
        < 1000 => $"{milliseconds} ms",
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000}.{milliseconds / 100 % 10} s"),
        < 3_600_000 => $"{milliseconds / 60_000} min {milliseconds / 1000 % 60:00} s",
        _ => $"{milliseconds / 3_600_000} h {milliseconds / 60_000 % 60:00} min",
    };

    /// <summary>
    /// A score of 0 to 10 with one place. A score below its threshold never rounds up to it: 8.96 of 9.0 is written <c>8.96</c>.
    /// </summary>
    public static string Score(double? score, double? threshold = null)
    {
        if (score is not { } value) return Unknown;
        var rounded = Math.Round(value, 1, MidpointRounding.AwayFromZero);
        return value < threshold && rounded >= threshold
            ? (Math.Floor(value * 100) / 100).ToString("0.00", CultureInfo.InvariantCulture)
            : rounded.ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>A count with its noun, as <c>1 iteration</c> or <c>2 iterations</c>.</summary>
    public static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count:N0} {noun}s";

    static string Mark(string figure, bool estimated) => estimated ? "≈ " + figure : figure;
}
