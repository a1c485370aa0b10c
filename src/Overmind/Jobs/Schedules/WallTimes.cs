using Cronos;
using NodaTime;

namespace Overmind.Jobs.Schedules;

/// <summary>What a clock on the wall shows when something is due, in any zone: the wish, before zones make an instant of it.</summary>
/// <param name="next">The first wall time that is not before the given one; null when there is none.</param>
/// <param name="isInterval">Whether it is a rhythm (every ten minutes) rather than a time of day (at nine).</param>
sealed class WallTimes(Func<LocalDateTime, LocalDateTime?> next, bool isInterval)
{
    static readonly char[] Rhythm = ['*', '?', '-', '/'];

    /// <summary>A rhythm goes on through an hour that clocks show twice; a time of day happens in the first alone.</summary>
    public bool IsInterval { get; } = isInterval;

    /// <summary>The first wall time that is not before <paramref name="from"/>; null when there is none.</summary>
    public LocalDateTime? Next(LocalDateTime from) => next(from);

    public static WallTimes Of(Cadence cadence, LocalTime time)
    {
        var days = cadence.FiringDays;
        return new(
            from =>
            {
                var date = from.TimeOfDay <= time ? from.Date : from.Date.PlusDays(1);
                while (!days.Contains((int)date.DayOfWeek % 7)) date = date.PlusDays(1);
                return date + time;
            },
            isInterval: false);
    }

    /// <param name="cron">Five fields (six: with seconds) or a macro as <c>@daily</c>.</param>
    /// <exception cref="CronFormatException">It is not a cron expression.</exception>
    public static WallTimes Of(string cron)
    {
        var seconds = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length == 6;
        var expression = CronExpression.Parse(cron, seconds ? CronFormat.IncludeSeconds : CronFormat.Standard);
        return new(
            from =>
            {
                // Wall time is computed as if it were UTC, which has no transitions: those are the calendar's matter, by NodaTime's zones.
                var next = expression.GetNextOccurrence(DateTime.SpecifyKind(from.ToDateTimeUnspecified(), DateTimeKind.Utc), inclusive: true);
                return next is { } found ? LocalDateTime.FromDateTime(found) : null;
            },
            IsRhythm(cron.Trim(), seconds));
    }

    /// <summary>As Cronos has it: a star, a range or a step in seconds, minutes or hours.</summary>
    static bool IsRhythm(string cron, bool seconds)
    {
        if (cron.StartsWith('@')) return cron.ToLowerInvariant() is "@hourly" or "@every_minute" or "@every_second";
        return cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(seconds ? 3 : 2).Any(field => field.IndexOfAny(Rhythm) >= 0);
    }
}
