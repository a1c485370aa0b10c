using Overmind.Errors;
using Overmind.Jobs.Schedules;

namespace Overmind.Tests.Jobs.Schedules;

public class TimetableTests
{
    [Fact]
    public void A_timetable_has_a_cadence_or_cron()
    {
        Refused(new Timetable()).Keys.ShouldBe(["cadence_config"]);
        Refused(new Timetable { Cadence = new(CadenceMode.Daily, []), Cron = "@daily" }).Keys.ShouldBe(["cron"]);
    }

    [Theory]
    [InlineData(CadenceMode.Weekly, "")]
    [InlineData(CadenceMode.Weekly, "1,2")]
    [InlineData(CadenceMode.Custom, "")]
    [InlineData(CadenceMode.Custom, "7")]
    [InlineData(CadenceMode.Custom, "-1")]
    [InlineData(CadenceMode.Custom, "1,1")]
    [InlineData(CadenceMode.Daily, "1")]
    [InlineData(CadenceMode.Weekdays, "0,6")]
    public void A_cadence_without_its_days_is_refused_by_them(CadenceMode mode, string days) =>
        Refused(new Timetable { Cadence = new(mode, [.. days.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]) })
            .Keys.ShouldBe(["cadence_config.days"]);

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("europe/berlin")]
    [InlineData("")]
    [InlineData("CEST")]
    public void A_zone_that_does_not_exist_is_refused(string zone) =>
        Refused(new Timetable { Cadence = new(CadenceMode.Daily, []), TimeZone = zone })["time_zone"].ShouldContain("Europe/Berlin");

    [Theory]
    [InlineData("24:00")]
    [InlineData("9:00")]
    [InlineData("09:60")]
    [InlineData("nine")]
    public void A_time_that_no_clock_shows_is_refused(string time) =>
        Refused(new Timetable { Cadence = new(CadenceMode.Daily, []), LocalTime = time }).Keys.ShouldBe(["local_time"]);

    [Theory]
    [InlineData("0 9 30 2 *")]
    [InlineData("0 9 31 4,6 *")]
    [InlineData("* * * * * *")]
    [InlineData("@every_second")]
    [InlineData("0 9 * *")]
    [InlineData("61 9 * * *")]
    [InlineData("H 9 * * *")]
    [InlineData("daily")]
    [InlineData("@dayly")]
    [InlineData("")]
    public void Cron_that_is_none_or_never_comes_is_refused(string cron) => Refused(new Timetable { Cron = cron }).Keys.ShouldBe(["cron"]);

    static IReadOnlyDictionary<string, string> Refused(Timetable timetable) =>
        Should.Throw<OvermindException>(() => timetable.NextRuns(DateTimeOffset.UnixEpoch, 1)).Errors!;
}
