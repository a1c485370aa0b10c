using Overmind.Usage;

namespace Overmind.Tests.Usage;

public class LedgerMonthsTests
{
    [Fact]
    public void Rows_of_one_month_are_looked_for_in_this_month() =>
        LedgerMonths.Condition(At("2026-12-01T00:00:00Z"), At("2026-12-31T23:59:59Z"))
            .ShouldBe("u.id >= '01a22ee6-b000-0000-0000-000000000000' and u.id < '01a2ce8b-d400-0000-0000-000000000000'");

    [Fact]
    public void Rows_of_several_months_are_looked_for_from_the_first_to_the_last() =>
        LedgerMonths.Condition(At("2027-01-01T00:00:00Z"), At("2026-11-30T23:59:59Z"), At("2026-12-05T00:00:00Z"))
            .ShouldBe(LedgerMonths.Condition(At("2026-11-02T00:00:00Z"), At("2027-01-31T00:00:00Z")));

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("ffffffff-ffff-4fff-bfff-ffffffffffff")]
    public void An_id_without_a_time_is_looked_for_in_some_month(string id) =>
        LedgerMonths.Condition(Guid.Parse(id)).ShouldStartWith("u.id >= '");

    static Guid At(string time) => Guid.CreateVersion7(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
}
