using System.Globalization;
using NodaTime;
using Overmind.Jobs.Schedules;

namespace Overmind.WebConsole.Jobs.Schedules;

/// <summary>A time at which a schedule is due, in its zone.</summary>
/// <param name="Note">What clocks do there; null: nothing.</param>
public sealed record NextRun(DateTimeOffset At, string? Note)
{
    /// <summary>The next times, with a note where clocks change before one, or skip it.</summary>
    /// <exception cref="Errors.OvermindException">The timetable is not valid.</exception>
    public static IReadOnlyList<NextRun> Of(Timetable timetable, DateTimeOffset after, int count)
    {
        var runs = new List<NextRun>();
        var times = timetable.NextRuns(after, count);
        var zone = DateTimeZoneProviders.Tzdb[timetable.TimeZone];
        var offset = zone.GetUtcOffset(Instant.FromDateTimeOffset(after)).ToTimeSpan();
        foreach (var at in times)
        {
            runs.Add(new NextRun(at, Skipped(timetable, at) ?? Changed(at.Offset - offset)));
            offset = at.Offset;
        }

        return runs;
    }

    static string? Skipped(Timetable timetable, DateTimeOffset at) =>
        timetable.Cadence is not null && !at.ToString("HH:mm:ss", CultureInfo.InvariantCulture).StartsWith(timetable.LocalTime, StringComparison.Ordinal)
            ? $"clocks skip {timetable.LocalTime}"
            : null;

    static string? Changed(TimeSpan by) => by == TimeSpan.Zero ? null
        : $"clocks went {(by > TimeSpan.Zero ? "forward" : "back")} {(by.Duration() == TimeSpan.FromHours(1) ? "1 h" : $"{by.Duration().TotalMinutes:0} min")}";
}
