using NodaTime;
using NodaTime.TimeZones;

namespace Overmind.Jobs.Schedules;

/// <summary>
/// When a schedule is due, by NodaTime's own zone data, so that all nodes agree. Where clocks change, Cronos' rule: a wall time that is
/// skipped is due at the next valid instant; one that comes twice is due in the first, unless it belongs to a rhythm, which goes on through both.
/// </summary>
sealed class Calendar(WallTimes wallTimes, DateTimeZone zone)
{
    /// <summary>Cron expressions end in 2099; so does the calendar.</summary>
    static readonly LocalDateTime End = new(2099, 12, 31, 23, 59, 59);

    /// <summary>The first time that is later than <paramref name="after"/>, to the tick; null when there is none before 2100.</summary>
    public Instant? NextAfter(Instant after)
    {
        var interval = zone.GetZoneInterval(after);
        var from = after.WithOffset(interval.WallOffset).LocalDateTime.PlusTicks(1);
        from = SkipRepeated(interval, from);
        while (wallTimes.Next(from) is { } wall && wall <= End)
        {
            if (!interval.HasEnd || wall < interval.IsoLocalEnd) return wall.WithOffset(interval.WallOffset).ToInstant();
            var next = zone.GetZoneInterval(interval.End);
            if (wall < next.IsoLocalStart) return next.Start;
            from = SkipRepeated(next, next.IsoLocalStart);
            interval = next;
        }

        return null;
    }

    /// <summary>The next times, at most <paramref name="count"/>.</summary>
    public IEnumerable<Instant> Next(Instant after, int count)
    {
        for (var i = 0; i < count && NextAfter(after) is { } next; i++)
        {
            yield return next;
            after = next;
        }
    }

    /// <summary>The times that are later than <paramref name="after"/> and not later than <paramref name="until"/>.</summary>
    public IEnumerable<Instant> Between(Instant after, Instant until)
    {
        while (NextAfter(after) is { } next && next <= until)
        {
            yield return next;
            after = next;
        }
    }

    LocalDateTime SkipRepeated(ZoneInterval interval, LocalDateTime from)
    {
        if (wallTimes.IsInterval || !interval.HasStart) return from;
        var before = zone.GetZoneInterval(interval.Start - Duration.Epsilon);
        return before.IsoLocalEnd > from ? before.IsoLocalEnd : from;
    }
}
