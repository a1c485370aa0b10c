using Overmind.Jobs.Schedules;
using Overmind.WebConsole.Jobs.Schedules;

namespace Overmind.WebConsole.Tests.Jobs.Schedules;

public class NextRunTests
{
    static readonly Cadence Daily = new(CadenceMode.Daily, []);

    [Fact]
    public void A_change_of_clocks_is_marked_at_the_first_run_after_it()
    {
        var runs = NextRun.Of(
            new Timetable { Cadence = Daily, LocalTime = "09:00", TimeZone = "Europe/Berlin" }, At("2025-03-28T12:00:00Z"), 4);

        runs.Select(r => r.At.ToString("MM-dd HH:mm zzz", null)).ShouldBe(["03-29 09:00 +01:00", "03-30 09:00 +02:00", "03-31 09:00 +02:00", "04-01 09:00 +02:00"]);
        runs.Select(r => r.Note).ShouldBe([null, "clocks went forward 1 h", null, null]);
    }

    [Fact]
    public void A_time_that_clocks_skip_is_marked()
    {
        var runs = NextRun.Of(
            new Timetable { Cadence = Daily, LocalTime = "02:30", TimeZone = "Europe/Berlin" }, At("2025-03-29T12:00:00Z"), 2);

        runs.Select(r => (r.At.ToString("HH:mm", null), r.Note)).ShouldBe([("03:00", "clocks skip 02:30"), ("02:30", null)]);
    }

    [Fact]
    public void Half_an_hour_is_told_in_minutes()
    {
        var runs = NextRun.Of(
            new Timetable { Cron = "0 12 * * *", TimeZone = "Australia/Lord_Howe" }, At("2025-04-05T12:00:00Z"), 1);

        runs.ShouldHaveSingleItem().Note.ShouldBe("clocks went back 30 min");
    }

    [Fact]
    public void Days_and_times_are_told_in_words()
    {
        ScheduleWords.When(new Timetable { Cadence = new(CadenceMode.Weekdays, []), LocalTime = "08:30" }).ShouldBe("Monday to Friday at 08:30");
        ScheduleWords.When(new Timetable { Cadence = new(CadenceMode.Custom, [3, 0, 6]) }).ShouldBe("Sunday, Wednesday and Saturday at 09:00");
        ScheduleWords.When(new Timetable { Cadence = new(CadenceMode.Weekly, [1]) }).ShouldBe("Monday at 09:00");
        ScheduleWords.When(new Timetable { Cron = "1-5/2 9 * * *" }).ShouldBe("1-5/2 9 * * *", "what has no words stays cron");
    }

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
