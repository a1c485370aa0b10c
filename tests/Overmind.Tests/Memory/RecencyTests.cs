using Overmind.Tests.Postgres;

namespace Overmind.Tests.Memory;

public class RecencyTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Theory]
    [InlineData(0, 0.1, 1)]
    [InlineData(30, 0.1, 0.5)]
    [InlineData(60, 0.1, 0.25)]
    [InlineData(90, 0.1, 0.125)]
    [InlineData(365, 0.1, 0.1)]
    [InlineData(30, 0.2, 0.25)]
    [InlineData(36500, 0, 1)]
    [InlineData(-10, 0.1, 1)]
    public async Task Recency_halves_with_each_half_life_down_to_the_floor(int days, double rate, double recency) =>
        (await data.OneAsync<double>(
            data.Me, "select overmind.memory_recency(t.now - interval '24 hours' * $1, 30, 0.1, $2, t.now) from (select timestamptz '2026-11-01' as now) as t", days, rate))
            .ShouldBe(recency, 1e-9);

    [Fact]
    public async Task Ages_that_no_number_holds_are_no_error() =>
        (await data.OneAsync<double>(data.Me, "select overmind.memory_recency('0001-01-01', 1, 0, 1)")).ShouldBe(0, 1e-12);

    [Theory]
    [InlineData("{}", "30 0.1 f 0.1 90")]
    [InlineData("""{"memory": {"half_life_days": 7.5, "recency_floor": 0, "prune": true, "prune_below": 0.3, "prune_after_days": 10}}""", "7.5 0 t 0.3 10")]
    [InlineData("""{"memory": {"half_life_days": 0, "recency_floor": "x", "prune": "yes", "prune_below": 2, "prune_after_days": 1e9}}""", "30 0.1 f 0.1 90")]
    [InlineData("""{"memory": []}""", "30 0.1 f 0.1 90")]
    public async Task A_policy_that_is_out_of_range_counts_as_not_set(string settings, string policy) =>
        (await data.OneAsync<string>(
            data.Me, "select concat_ws(' ', half_life_days, recency_floor, prune, prune_below, prune_after_days) from overmind.memory_policy($1::jsonb)", settings)).ShouldBe(policy);
}
