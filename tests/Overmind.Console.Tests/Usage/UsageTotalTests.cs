using Overmind.Usage;
using Overmind.WebConsole.Usage;

namespace Overmind.WebConsole.Tests.Usage;

public class UsageTotalTests
{
    static readonly DateTimeOffset Midnight = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_each_used_is_summed_over_all_days_the_dearest_first()
    {
        var totals = UsageTotal.Of(Report([Result("a", 0.25m), Result("b", 0.5m)], [Result("a", 0.25m), Result("c", null), Result(null, 1m)]));

        totals.Select(total => (total.Key, total.CostUsd, total.Calls, total.Share)).ShouldBe([(null, 1m, 1, 0.5), ("a", 0.5m, 2, 0.25), ("b", 0.5m, 1, 0.25), ("c", null, 1, 0)]);
    }

    [Fact]
    public void The_dearest_day_is_as_high_as_the_chart_and_one_that_cost_anything_is_seen()
    {
        var bars = UsageBar.Of(Report([Result("a", 100m)], [Result("a", 0.0001m)], [Result("a", null)]).Data);

        bars.Select(bar => bar.Height).ShouldBe([1, 0.01, 0]);
        UsageBar.Of([]).ShouldBeEmpty();
    }

    [Fact]
    public void A_name_is_quoted_and_none_becomes_a_formula_in_a_spreadsheet()
    {
        var lines = UsageCsv.Write(Report([Result("a\"b", 0.1m), Result("=1+1", null)])).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        lines[0].ShouldStartWith("start_time,end_time,key,name,calls");
        lines[1].ShouldBe("2026-05-04T00:00:00.0000000Z,2026-05-05T00:00:00.0000000Z,\"a\"\"b\",\"a\"\"b\",1,10,5,0,0.1,0,");
        lines[2].ShouldContain(",\"'=1+1\",");
        UsageCsv.Link(Report()).ShouldStartWith("data:text/csv;charset=utf-8;base64,");
    }

    [Theory]
    [InlineData("24h", UsageBucketWidth.Hour, 24)]
    [InlineData("nothing", UsageBucketWidth.Day, 30)]
    [InlineData(null, UsageBucketWidth.Day, 30)]
    public void A_span_is_of_the_address_or_the_first(string? key, UsageBucketWidth width, int buckets) =>
        (UsageSpan.Of(key).Width, UsageSpan.Of(key).Buckets).ShouldBe((width, buckets));

    static UsageReport Report(params UsageResult[][] days) => new()
    {
        BucketWidth = UsageBucketWidth.Day,
        GroupBy = UsageGrouping.Model,
        Timezone = "UTC",
        Data = [.. days.Select((results, day) => new UsageBucket(Midnight.AddDays(day), Midnight.AddDays(day + 1), results))],
    };

    static UsageResult Result(string? key, decimal? cost) => new()
    {
        Key = key,
        Name = key,
        Calls = 1,
        TokensInput = 10,
        TokensOutput = 5,
        TokensCached = 0,
        CostUsd = cost,
        UnpricedCalls = cost is null ? 1 : 0,
        AvgLatencyMs = null,
    };
}
