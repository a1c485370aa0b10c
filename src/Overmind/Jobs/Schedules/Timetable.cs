using Cronos;
using NodaTime;
using NodaTime.Text;
using Overmind.Errors;

namespace Overmind.Jobs.Schedules;

/// <summary>When something is to happen, as a person says it: a cadence at a local time, or cron, and in whose zone.</summary>
public sealed record Timetable
{
    /// <summary>The days; null where <see cref="Cron"/> says when.</summary>
    public Cadence? Cadence { get; init; }

    /// <summary>Five fields (minute, hour, day of month, month, day of week) or a macro as <c>@daily</c>; null where <see cref="Cadence"/> says when.</summary>
    public string? Cron { get; init; }

    /// <summary>The wall time of a cadence, as <c>09:00</c> or <c>09:00:30</c>; default 09:00.</summary>
    public string LocalTime { get; init; } = "09:00";

    /// <summary>An IANA zone, as <c>Europe/Berlin</c>; default UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The next times it is due, at most <paramref name="count"/>; fewer when it ends before 2100.</summary>
    /// <exception cref="OvermindException">It is not valid; says which field.</exception>
    public IReadOnlyList<DateTimeOffset> NextRuns(DateTimeOffset after, int count)
    {
        var checks = default(Checks);
        Check(ref checks);
        checks.ThrowIfAny();
        var zone = Zone!;
        return [.. Calendar().Next(Instant.FromDateTimeOffset(after), count).Select(next => next.InZone(zone).ToDateTimeOffset())];
    }

    internal DateTimeZone? Zone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone);

    /// <summary>Of a timetable that was checked.</summary>
    internal Calendar Calendar() => new(Cadence is { } cadence ? WallTimes.Of(cadence, ParseTime()!.Value) : WallTimes.Of(Cron!), Zone!);

    internal void Check(ref Checks checks)
    {
        checks.Require(
            Cadence is null != Cron is null, Cadence is null ? "cadence_config" : "cron",
            "A schedule has either cadence_config or cron: one of them, not both.");
        Cadence?.Check(ref checks, "cadence_config");
        if (Cron is not null) CheckCron(ref checks, Cron);
        checks.Require(
            Zone is not null, "time_zone",
            $"'{TimeZone}' is not a time zone of the IANA database. Use a name as Europe/Berlin, America/New_York or UTC.");
        checks.Require(ParseTime() is not null, "local_time", $"local_time is a time of day from 00:00 to 23:59:59 as 09:00, not '{LocalTime}'.");
    }

    static void CheckCron(ref Checks checks, string cron)
    {
        checks.Text("cron", cron, 1, 100);
        var fields = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        checks.Require(
            fields.Length == 5 || (fields.Length == 1 && cron.Trim() is ['@', ..] macro && !macro.Equals("@every_second", StringComparison.OrdinalIgnoreCase)),
            "cron", "cron has five fields: minute, hour, day of month, month, day of week, as 30 8 * * MON-FRI; or is a macro as @daily.");
        try
        {
            checks.Require(
                WallTimes.Of(cron).Next(new LocalDateTime(2000, 1, 1, 0, 0)) is not null, "cron",
                $"'{cron}' never comes: no day is like that.");
        }
        catch (Exception malformed) when (malformed is CronFormatException or MissingSeedException)
        {
            checks.Require(false, "cron", $"'{cron}' is not a cron expression: {malformed.Message}");
        }
    }

    LocalTime? ParseTime()
    {
        var form = LocalTime.Count(c => c == ':') == 2 ? "HH:mm:ss" : "HH:mm";
        var parsed = LocalTimePattern.CreateWithInvariantCulture(form).Parse(LocalTime);
        return parsed.Success ? parsed.Value : null;
    }
}
