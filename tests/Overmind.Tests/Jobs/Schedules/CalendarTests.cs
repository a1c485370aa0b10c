using NodaTime;
using Overmind.Jobs.Schedules;

namespace Overmind.Tests.Jobs.Schedules;

/// <summary>The examples of docs/schedules.md, and other days on which clocks are strange.</summary>
public class CalendarTests
{
    [Theory]
    // Berlin, 30 March 2025: 02:00 becomes 03:00. What is skipped happens at the next valid instant.
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-03-29T12:00+01", "2025-03-30T03:00+02 2025-03-31T02:30+02")]
    [InlineData("0 3 * * *", "Europe/Berlin", "2025-03-29T12:00+01", "2025-03-30T03:00+02 2025-03-31T03:00+02")]
    [InlineData("*/30 * * * *", "Europe/Berlin", "2025-03-30T01:00+01", "2025-03-30T01:30+01 2025-03-30T03:00+02 2025-03-30T03:30+02")]
    [InlineData("0 */2 * * *", "Europe/Berlin", "2025-03-30T00:00+01", "2025-03-30T03:00+02 2025-03-30T04:00+02")]
    // Berlin, 26 October 2025: 03:00 becomes 02:00. A time of day happens in the first, a rhythm in both.
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-10-25T12:00+02", "2025-10-26T02:30+02 2025-10-27T02:30+01")]
    [InlineData("*/30 * * * *", "Europe/Berlin", "2025-10-26T01:30+02", "2025-10-26T02:00+02 2025-10-26T02:30+02 2025-10-26T02:00+01 2025-10-26T02:30+01 2025-10-26T03:00+01")]
    [InlineData("0,30 2 * * *", "Europe/Berlin", "2025-10-26T01:30+02", "2025-10-26T02:00+02 2025-10-26T02:30+02 2025-10-27T02:00+01")]
    [InlineData("@hourly", "Europe/Berlin", "2025-10-26T01:30+02", "2025-10-26T02:00+02 2025-10-26T02:00+01 2025-10-26T03:00+01")]
    // Lord Howe moves by half an hour.
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2025-10-04T12:00+10:30", "2025-10-05T02:30+11 2025-10-06T02:15+11")]
    [InlineData("45 1 * * *", "Australia/Lord_Howe", "2025-04-05T12:00+11", "2025-04-06T01:45+11 2025-04-07T01:45+10:30")]
    // Cairo skips the first hour of a day: midnight does not exist.
    [InlineData("0 0 * * *", "Africa/Cairo", "2025-04-24T12:00+02", "2025-04-25T01:00+03 2025-04-26T00:00+03")]
    // Samoa left out 30 December 2011.
    [InlineData("0 9 * * *", "Pacific/Apia", "2011-12-29T12:00-10", "2011-12-31T00:00+14 2011-12-31T09:00+14 2012-01-01T09:00+14")]
    // 29 February, and a day that is not in every month.
    [InlineData("0 9 29 2 *", "UTC", "2025-01-01T00:00Z", "2028-02-29T09:00Z 2032-02-29T09:00Z")]
    [InlineData("0 9 31 * *", "UTC", "2025-01-31T09:00Z", "2025-03-31T09:00Z 2025-05-31T09:00Z")]
    public void Cron_goes_by_the_wall(string cron, string zone, string after, string expected) =>
        Next(new Timetable { Cron = cron, TimeZone = zone }, after, expected).ShouldBe(Instants(expected));

    [Theory]
    [InlineData(CadenceMode.Daily, "", "09:00", "Europe/Berlin", "2025-03-29T09:00+01", "2025-03-30T09:00+02 2025-03-31T09:00+02")]
    [InlineData(CadenceMode.Daily, "", "02:30", "America/New_York", "2025-03-08T12:00-05", "2025-03-09T03:00-04 2025-03-10T02:30-04")]
    [InlineData(CadenceMode.Daily, "", "01:30", "America/New_York", "2025-11-01T12:00-04", "2025-11-02T01:30-04 2025-11-03T01:30-05")]
    [InlineData(CadenceMode.Weekdays, "", "09:00", "Asia/Tokyo", "2025-08-15T09:00+09", "2025-08-18T09:00+09 2025-08-19T09:00+09")]
    [InlineData(CadenceMode.Weekly, "0", "09:00", "UTC", "2025-08-15T00:00Z", "2025-08-17T09:00Z 2025-08-24T09:00Z")]
    [InlineData(CadenceMode.Custom, "6,0", "09:00:30", "UTC", "2025-08-15T00:00Z", "2025-08-16T09:00:30Z 2025-08-17T09:00:30Z 2025-08-23T09:00:30Z")]
    public void A_cadence_goes_by_the_wall(CadenceMode mode, string days, string time, string zone, string after, string expected)
    {
        var cadence = new Cadence(mode, [.. days.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]);
        Next(new Timetable { Cadence = cadence, LocalTime = time, TimeZone = zone }, after, expected).ShouldBe(Instants(expected));
    }

    [Fact]
    public void The_next_runs_are_told_in_local_time_with_its_offset() =>
        new Timetable { Cadence = new Cadence(CadenceMode.Daily, []), TimeZone = "Europe/Berlin" }.NextRuns(DateTimeOffset.Parse("2025-03-29T12:00Z"), 1)
            .ShouldHaveSingleItem().ToString("O").ShouldBe("2025-03-30T09:00:00.0000000+02:00");

    [Fact]
    public void The_calendar_ends_with_the_century() =>
        new Timetable { Cron = "0 0 1 1 *" }.NextRuns(DateTimeOffset.Parse("2098-06-01T00:00Z"), 5).Count.ShouldBe(1);

    static IEnumerable<Instant> Next(Timetable timetable, string after, string expected) =>
        timetable.NextRuns(DateTimeOffset.Parse(after), expected.Split(' ').Length).Select(Instant.FromDateTimeOffset);

    static IEnumerable<Instant> Instants(string times) => times.Split(' ').Select(time => Instant.FromDateTimeOffset(DateTimeOffset.Parse(time)));
}
