using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Overmind.Cli;

/// <summary>Which part of a long list a verb shows.</summary>
static class ListOptions
{
    public static readonly Option<int> Limit = new("--limit") { Description = "How many, the newest first, 1 to 100", DefaultValueFactory = _ => 20, HelpName = "count" };

    public static readonly Option<DateTimeOffset?> Since = new("--since")
    {
        Description = "Only what was made then or later: a time as 2030-01-31T12:00:00Z, or an age as 90m, 2h, 7d",
        HelpName = "time",
        CustomParser = Time,
    };

    public static readonly Option<DateTimeOffset?> Until = new("--until")
    {
        Description = "Only what was made before; as for --since",
        HelpName = "time",
        CustomParser = Time,
    };

    public static Client.PageRequest Page(ParseResult parsed) => new()
    {
        Limit = parsed.GetValue(Limit),
        CreatedAt = new Client.TimeRange { From = parsed.GetValue(Since), Before = parsed.GetValue(Until) },
    };

    public static DateTimeOffset? Time(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Age(text) is { } age)
            return TimeProvider.System.GetUtcNow() - age;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        result.AddError($"{text} is no time. Give one as 2030-01-31T12:00:00Z, or an age as 90m, 2h or 7d.");
        return null;
    }

    // Of at most six digits, so that it reaches back no further than times go.
    static TimeSpan? Age(string text) =>
        text is [.., 's' or 'm' or 'h' or 'd'] && text.Length <= 7 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, null, out var count)
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(count),
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                _ => TimeSpan.FromDays(Math.Min(count, 365_000)),
            }
            : null;
}
