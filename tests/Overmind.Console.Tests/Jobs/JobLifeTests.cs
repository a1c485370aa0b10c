using Overmind.Jobs;
using Overmind.WebConsole.Jobs;
using static Overmind.WebConsole.Tests.Jobs.SampleJobs;

namespace Overmind.WebConsole.Tests.Jobs;

public class JobLifeTests
{
    [Fact]
    public void A_job_that_was_given_up_tells_each_attempt_in_its_order()
    {
        var life = JobLife.Of(Failed);

        life.Select(m => m.What).ShouldBe(["Enqueued", "First picked up by a worker", "Attempt 1 failed", "Attempt 2 began", "Attempt 2 failed", "Given up"]);
        life.Select(m => m.Detail).Where(d => d is not null).ShouldBe(["Timeout", "Mailbox is full"]);
        life[^1].Tone.ShouldBe("bad");
    }

    [Fact]
    public void What_is_to_come_stands_last()
    {
        var again = Failed with { Status = JobStatus.Pending, CompletedAt = null, MaxAttempts = 3, RunAt = Noon.AddMinutes(5) };

        JobLife.Of(again)[^1].ShouldBe(new JobMoment(Noon.AddMinutes(5), "Attempt 3 is due", "accent"));
        JobLife.Of(Waiting).ShouldHaveSingleItem().What.ShouldBe("Enqueued", "it is due at once");
    }

    [Fact]
    public void A_job_that_is_asked_to_stop_says_so()
    {
        var stopping = Waiting with { Status = JobStatus.Processing, AttemptCount = 1, PickedUpAt = Noon, LastAttemptAt = Noon, CancelRequestedAt = Noon.AddSeconds(2) };

        JobLife.Of(stopping)[^1].What.ShouldBe("Asked to stop");
    }

    [Fact]
    public void Times_run_on_while_the_job_does()
    {
        JobWords.WaitedMs(Waiting, Noon.AddSeconds(7)).ShouldBe(7000);
        JobWords.RanMs(Waiting, Noon.AddSeconds(7)).ShouldBeNull();
        JobWords.WaitedMs(Failed, Noon.AddHours(1)).ShouldBe(1000);
        JobWords.RanMs(Failed, Noon.AddHours(1)).ShouldBe(4000);
    }

    [Fact]
    public void A_job_is_told_from_others_by_what_went_wrong_or_what_it_is_about()
    {
        JobWords.Summary(Failed).ShouldBe("Mailbox is full");
        JobWords.Summary(Waiting).ShouldBe("""{"to":"ada@example.org"}""");
        JobWords.Summary(Waiting with { UniqueKey = "digest:ada" }).ShouldBe("digest:ada");
        JobWords.Summary(Waiting with { Payload = SampleJobs.Json("{}") }).ShouldBe("");
        JobWords.Summary(Failed with { Status = JobStatus.Completed }).ShouldBe("""{"to":"ada@example.org"}""", "an error that was overcome is history");
    }
}
