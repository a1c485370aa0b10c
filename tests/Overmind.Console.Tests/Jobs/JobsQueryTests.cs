using Overmind.Jobs;
using Overmind.WebConsole.Jobs;

namespace Overmind.WebConsole.Tests.Jobs;

public class JobsQueryTests
{
    [Fact]
    public void The_address_says_what_is_shown_and_is_read_back()
    {
        var query = new JobsQuery { Kind = "mail.send", Status = JobStatus.Failed, Text = "a & b=ü", Span = JobsSpan.Of("7d"), After = Guid.CreateVersion7() };

        query.Address.ShouldBe($"jobs?kind=mail.send&status=failed&text=a%20%26%20b%3D%C3%BC&span=7d&after={query.After}");
        JobsQuery.Of("mail.send", "failed", " a & b=ü ", "7d", query.After).ShouldBe(query);
        new JobsQuery().Address.ShouldBe("jobs");
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("", "no_such_state", " ", "1y")]
    public void What_makes_no_sense_in_an_address_is_left_out(string? kind, string? status, string? text, string? span)
    {
        var query = JobsQuery.Of(kind, status, text, span, null);

        query.ShouldBe(new JobsQuery());
        query.IsFiltered.ShouldBeFalse();
    }

    [Fact]
    public void A_nul_in_an_address_reaches_no_database() => JobsQuery.Of(null, null, "a\0b", null, null).Text.ShouldBe("a\uFFFDb");
}
