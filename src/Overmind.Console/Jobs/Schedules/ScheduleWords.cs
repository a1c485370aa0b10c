using System.Globalization;
using Overmind.Jobs.Schedules;

namespace Overmind.WebConsole.Jobs.Schedules;

/// <summary>Schedules in words.</summary>
public static class ScheduleWords
{
    /// <summary>When it is due, as <c>Monday to Friday at 08:30</c>; cron that has no plain words stays cron.</summary>
    public static string When(Timetable timetable) => timetable.Cadence is { } cadence
        ? $"{Days(cadence)} at {timetable.LocalTime}"
        : CronWords.Of(timetable.Cron ?? "") ?? timetable.Cron ?? "";

    public static string Mode(CadenceMode mode) => mode switch
    {
        CadenceMode.Daily => "Every day",
        CadenceMode.Weekdays => "Monday to Friday",
        CadenceMode.Weekly => "One day a week",
        _ => "Chosen days",
    };

    public static string Missed(MissedRuns missed) => missed switch
    {
        MissedRuns.Skip => "Left out",
        MissedRuns.RunOnce => "The latest happens once",
        _ => "All happen, at most 100",
    };

    /// <summary>Sunday is 0.</summary>
    public static string Day(int day) => CultureInfo.InvariantCulture.DateTimeFormat.GetDayName((DayOfWeek)day);

    static string Days(Cadence cadence) => cadence.Mode is CadenceMode.Daily or CadenceMode.Weekdays
        ? Mode(cadence.Mode)
        : cadence.FiringDays.Select(Day).ToList() switch
        {
            [] => "No day",
            [var day] => day,
            var days => $"{string.Join(", ", days.SkipLast(1))} and {days[^1]}",
        };
}
