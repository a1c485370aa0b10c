using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using NodaTime.TimeZones;
using Overmind.Jobs.Schedules;

namespace Overmind.Tests.Jobs.Schedules;

/// <summary>Laws that hold in every zone and year, beside NodaTime's own resolution of each local time.</summary>
public class CalendarProperties
{
    /// <summary>In a gap the start of the next interval, in an overlap the earlier.</summary>
    static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    static readonly string[] Zones = [.. DateTimeZoneProviders.Tzdb.Ids];

    [Property(MaxTest = 300)]
    public void Every_day_of_a_cadence_fires_once_and_no_other(PositiveInt zone, PositiveInt year, byte daysOfWeek, PositiveInt minute)
    {
        var days = Enumerable.Range(0, 7).Where(day => (daysOfWeek >> day & 1) == 1).ToList();
        var cadence = days.Count == 0 ? new Cadence(CadenceMode.Daily, []) : new Cadence(CadenceMode.Custom, days);
        var tz = DateTimeZoneProviders.Tzdb[Zones[zone.Get % Zones.Length]];
        var time = new LocalTime(minute.Get % 1440 / 60, minute.Get % 60);
        var first = new LocalDate(1970 + (year.Get % 90), 1, 1);

        var expected = Enumerable.Range(-2, 369)
            .Select(first.PlusDays)
            .Where(date => cadence.FiringDays.Contains((int)date.DayOfWeek % 7))
            .Select(date => tz.ResolveLocal(date + time, Resolver).ToInstant())
            .Distinct()
            .Order()
            .ToList();
        var from = expected.First(i => i >= tz.AtStartOfDay(first).ToInstant());

        var fired = new Calendar(WallTimes.Of(cadence, time), tz).Between(from - Duration.FromTicks(1), expected[^1]).ToList();

        fired.ShouldBe(expected.SkipWhile(i => i < from), $"{tz.Id} {first.Year} {time} {string.Join(',', cadence.FiringDays)}");
    }

    [Property(MaxTest = 200)]
    public void Times_only_go_forward_from_wherever_one_looks(PositiveInt zone, PositiveInt year, PositiveInt hour, bool interval)
    {
        var tz = DateTimeZoneProviders.Tzdb[Zones[zone.Get % Zones.Length]];
        var calendar = new Calendar(WallTimes.Of(interval ? "*/20 * * * *" : "0,20,40 0,1,2,3,23 * * *"), tz);
        var after = Instant.FromUtc(1970 + (year.Get % 90), 1, 1, 0, 0) + Duration.FromHours(hour.Get % 8760);

        var times = calendar.Next(after, 100).ToList();

        times.ShouldBe(times.Distinct().Order());
        times[0].ShouldBeGreaterThan(after);
        // Looking from between two times finds the later one: nothing depends on where a node began.
        foreach (var (one, other) in times.Zip(times.Skip(1))) calendar.NextAfter(one + (other - one) / 2).ShouldBe(other);
    }

    [Property(MaxTest = 200)]
    public void A_rhythm_of_minutes_never_pauses(PositiveInt zone, PositiveInt year)
    {
        var tz = DateTimeZoneProviders.Tzdb[Zones[zone.Get % Zones.Length]];
        var start = Instant.FromUtc(1970 + (year.Get % 90), 1, 1, 0, 0);
        foreach (var change in tz.GetZoneIntervals(start, start + Duration.FromDays(366)).Where(i => i.HasStart && i.Start > start))
        {
            var times = new Calendar(WallTimes.Of("* * * * *"), tz).Between(change.Start - Duration.FromHours(2), change.Start + Duration.FromHours(2)).ToList();
            times.Zip(times.Skip(1)).ShouldAllBe(pair => pair.Second - pair.First <= Duration.FromMinutes(1));
        }
    }
}
