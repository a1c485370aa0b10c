using Overmind.Testing;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Usage;

public sealed class ExchangeRateTests(TestPostgres postgres) : IAsyncLifetime
{
    readonly RoutineDatabase _data = new(postgres);

    public async ValueTask InitializeAsync()
    {
        await _data.InitializeAsync();
        await _data.Owner.ExecuteAsync("select overmind.create_past_partitions('2026-01-01')");
        await _data.Owner.ExecuteAsync(
            "insert into exchange_rates (organization_id, currency, valid_from, rate) values ($1, 'GBP', '2026-03-01', 0.8), ($1, 'GBP', '2026-04-01', 0.75)", _data.First.OrganizationId);
    }

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    [Theory]
    [InlineData("GBP", "2026-02-28", null)]
    [InlineData("GBP", "2026-03-01", "0.8")]
    [InlineData("GBP", "2026-03-31", "0.8")]
    [InlineData("GBP", "2030-01-01", "0.75")]
    [InlineData("EUR", "2026-04-01", null)]
    [InlineData("USD", "2020-01-01", "1")]
    public async Task A_rate_holds_from_its_day_until_the_next_one(string currency, string day, string? rate) =>
        (await _data.OneAsync<string>(
            _data.Me, "select coalesce(overmind.exchange_rate($1, $2, $3)::text, 'none')", _data.First.OrganizationId, currency, DateOnly.Parse(day))).ShouldBe(rate ?? "none");

    [Fact]
    public async Task A_day_costs_in_pounds_what_the_dollar_was_worth_on_it()
    {
        foreach (var at in (string[])["2026-02-10", "2026-03-10", "2026-04-10"])
            await _data.Owner.ExecuteAsync(
                """
                insert into token_usage (organization_id, provider, model, status, settled_at, created_at, tokens_input, cost)
                values ($1, 'openai', 'gpt-4o', 'settled', now(), $2::text::timestamptz, 1, 10)
                """, _data.First.OrganizationId, at);

        (await _data.Owner.ScalarAsync<string>(
            "select string_agg(coalesce(trim_scale(total_cost_gbp)::text, 'none'), ' ' order by date) from token_usage_daily where organization_id = $1", _data.First.OrganizationId))
            .ShouldBe("none 8 7.5");
    }
}
