using System.CommandLine;
using System.Text.Json;
using Overmind.Client;

namespace Overmind.Cli.Jobs;

/// <summary>The options by which a schedule is described.</summary>
static class ScheduleOptions
{
    public static readonly Option<string?> CadenceMode = new("--cadence") { Description = "daily, weekdays, weekly or custom", HelpName = "cadence" };

    public static readonly Option<string?> Days = new("--days") { Description = "Days of a weekly or custom cadence, 0 (Sunday) to 6", HelpName = "0,6" };

    public static readonly Option<string?> At = new("--at") { Description = "Wall time of a cadence; 09:00 unless it is set", HelpName = "time" };

    public static readonly Option<string?> Cron = new("--cron") { Description = "Five fields or a macro as @daily, instead of a cadence", HelpName = "cron" };

    public static readonly Option<string?> Zone = new("--zone") { Description = "IANA time zone; UTC unless it is set", HelpName = "zone" };

    public static readonly Option<string?> Payload = new("--payload") { Description = "Payload of its jobs, a JSON object; {} unless it is set", HelpName = "json" };

    public static readonly Option<int?> Attempts = new("--attempts") { Description = "How often each of its jobs may fail, 1 to 100; 3 unless it is set", HelpName = "count" };

    public static readonly Option<string?> Missed = new("--missed") { Description = "skip, run_once or run_all; run_once unless it is set", HelpName = "policy" };

    public static IReadOnlyList<Option> All => [CadenceMode, Days, At, Cron, Zone, Payload, Attempts, Missed];

    /// <summary>The options as changes of a schedule.</summary>
    /// <param name="mode">Which days it is due on when <c>--cadence</c> does not say; null: by cron, or by nothing yet.</param>
    public static ScheduleChanges Read(ParseResult parsed, string? mode) => new()
    {
        CadenceConfig = ReadCadence(parsed, mode),
        Cron = parsed.GetValue(Cron),
        LocalTime = parsed.GetValue(At),
        TimeZone = parsed.GetValue(Zone),
        Payload = parsed.GetValue(Payload) is { } json ? ReadPayload(json) : null,
        MaxAttempts = parsed.GetValue(Attempts),
        MissedRuns = parsed.GetValue(Missed),
    };

    static Cadence? ReadCadence(ParseResult parsed, string? mode)
    {
        var (given, days) = (parsed.GetValue(CadenceMode), parsed.GetValue(Days));
        if (days is null) return given is null ? null : new Cadence(given);
        return (given ?? mode) is { } known
            ? new Cadence(known, ReadDays(days))
            : throw new CliException("usage", "--days are days of a cadence", "add --cadence weekly or --cadence custom") { ExitCode = 2 };
    }

    static int[] ReadDays(string days)
    {
        var parts = days.Split(',', StringSplitOptions.TrimEntries);
        return parts.All(part => int.TryParse(part, out _))
            ? [.. parts.Select(int.Parse)]
            : throw new CliException("usage", $"--days {days} is no list of days", "write them as 0,6: Sunday is 0") { ExitCode = 2 };
    }

    static JsonElement ReadPayload(string json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException malformed)
        {
            throw new CliException("usage", $"--payload is not JSON: {malformed.Message}", """write it as '{"name": "value"}'""") { ExitCode = 2 };
        }
    }
}
