using NodaTime;
using Overmind.Jobs.Schedules;

namespace Overmind.Tests.Jobs.Schedules;

public class FiringTests
{
    static readonly Instant Nine = Instant.FromUtc(2025, 8, 15, 9, 0);

    static readonly Calendar Daily = new Timetable { Cadence = new Cadence(CadenceMode.Daily, []) }.Calendar();

    [Theory]
    [InlineData(MissedRuns.Skip)]
    [InlineData(MissedRuns.RunOnce)]
    [InlineData(MissedRuns.RunAll)]
    public void What_is_due_on_time_happens_once_under_every_policy(MissedRuns missedRuns) =>
        ShouldBe(Firing.Of(Daily, missedRuns, Nine, Nine + Duration.FromSeconds(1)), [Nine], Nine + Duration.FromDays(1));

    [Fact]
    public void A_node_that_slept_for_a_day_and_more_does_as_its_policy_says()
    {
        var now = Nine + Duration.FromDays(2) + Duration.FromHours(3);
        ShouldBe(Firing.Of(Daily, MissedRuns.Skip, Nine, now), [], Nine + Duration.FromDays(3));
        ShouldBe(Firing.Of(Daily, MissedRuns.RunOnce, Nine, now), [Nine + Duration.FromDays(2)], Nine + Duration.FromDays(3));
        ShouldBe(
            Firing.Of(Daily, MissedRuns.RunAll, Nine, now), [Nine, Nine + Duration.FromDays(1), Nine + Duration.FromDays(2)], Nine + Duration.FromDays(3));
    }

    [Fact]
    public void A_skipped_schedule_still_runs_when_it_is_a_little_late() =>
        ShouldBe(Firing.Of(Daily, MissedRuns.Skip, Nine, Nine + Firing.Grace), [Nine], Nine + Duration.FromDays(1));

    [Fact]
    public void A_year_of_missed_minutes_is_a_hundred_jobs_and_no_more()
    {
        var minutes = new Timetable { Cron = "* * * * *" }.Calendar();
        var now = Nine + Duration.FromDays(365);

        var firing = Firing.Of(minutes, MissedRuns.RunAll, Nine, now);

        firing.Due.ShouldBe(Enumerable.Range(0, Firing.MaxMissed).Select(i => now - Duration.FromMinutes(Firing.MaxMissed - 1 - i)));
        firing.Next.ShouldBe(now + Duration.FromMinutes(1));
    }

    [Fact]
    public void A_clock_that_jumped_ahead_and_back_repeats_nothing()
    {
        var ahead = Firing.Of(Daily, MissedRuns.RunOnce, Nine, Nine + Duration.FromDays(1));
        ahead.Next.ShouldBe(Nine + Duration.FromDays(2));
        // Back at the first day nothing is due before that.
        ahead.Next!.Value.ShouldBeGreaterThan(Nine + Duration.FromHours(1));
    }

    [Fact]
    public void A_time_that_the_calendar_no_longer_has_was_promised_and_happens() =>
        ShouldBe(
            Firing.Of(Daily, MissedRuns.RunOnce, Nine - Duration.FromMinutes(17), Nine - Duration.FromMinutes(16)), [Nine - Duration.FromMinutes(17)], Nine);

    static void ShouldBe(Firing firing, Instant[] due, Instant next) => (string.Join(' ', firing.Due), firing.Next).ShouldBe((string.Join(' ', due), next));
}
