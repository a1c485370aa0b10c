using Overmind.Jobs;
using Overmind.WebConsole.Jobs;

namespace Overmind.WebConsole.Tests.Jobs;

public class QueueBarTests
{
    [Fact]
    public void The_fullest_span_is_as_high_as_the_chart()
    {
        var bars = QueueBar.Of([Bucket(6, 2, 2), Bucket(5, 0, 0), Bucket(0, 0, 0)]);

        bars.Select(b => (b.Completed, b.Cancelled, b.Failed)).ShouldBe([(0.6, 0.2, 0.2), (0.5, 0, 0), (0, 0, 0)]);
    }

    [Fact]
    public void One_failure_among_thousands_is_seen_and_nothing_sticks_out()
    {
        var bar = QueueBar.Of([Bucket(9_999, 1, 0)]).ShouldHaveSingleItem();

        bar.Failed.ShouldBe(0.02);
        (bar.Completed + bar.Cancelled + bar.Failed).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Nothing_is_nothing() => QueueBar.Most([]).ShouldBe(0);

    static JobBucket Bucket(long completed, long failed, long cancelled) => new(SampleJobs.Noon, completed, failed, cancelled);
}
