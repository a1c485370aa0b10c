using Overmind.Testing;

namespace Overmind.Tests.Usage.Budgets;

public sealed class BudgetPeriodTests(TestPostgres postgres) : IAsyncLifetime
{
    readonly BudgetStage _stage = new(postgres);

    public ValueTask InitializeAsync() => _stage.InitializeAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    // 23, 25 and 24 hours.
    [InlineData("Europe/London", "day", "2026-03-29 12:00+00", "2026-03-29 00:00:00+00", "2026-03-29 23:00:00+00")]
    [InlineData("Europe/London", "day", "2026-10-25 00:30+00", "2026-10-24 23:00:00+00", "2026-10-26 00:00:00+00")]
    [InlineData("Europe/London", "day", "2026-10-25 23:30+00", "2026-10-24 23:00:00+00", "2026-10-26 00:00:00+00")]
    [InlineData("Asia/Tokyo", "day", "2026-01-01 14:59+00", "2025-12-31 15:00:00+00", "2026-01-01 15:00:00+00")]
    // A clock that moves by half an hour.
    [InlineData("Australia/Lord_Howe", "day", "2026-04-05 05:00+00", "2026-04-04 13:00:00+00", "2026-04-05 13:30:00+00")]
    // Midnight is skipped: the day begins at one o'clock.
    [InlineData("America/Sao_Paulo", "day", "2018-11-04 12:00+00", "2018-11-04 03:00:00+00", "2018-11-05 02:00:00+00")]
    [InlineData("America/Sao_Paulo", "day", "2018-11-04 02:59:59+00", "2018-11-03 03:00:00+00", "2018-11-04 03:00:00+00")]
    // Midnight comes twice: the day begins at the first.
    [InlineData("America/Havana", "day", "2026-11-01 04:30+00", "2026-11-01 04:00:00+00", "2026-11-02 05:00:00+00")]
    [InlineData("America/Havana", "day", "2026-11-01 03:59:59+00", "2026-10-31 04:00:00+00", "2026-11-01 04:00:00+00")]
    [InlineData("Europe/Berlin", "week", "2026-03-29 23:30+00", "2026-03-29 22:00:00+00", "2026-04-05 22:00:00+00")]
    [InlineData("Europe/Berlin", "week", "2026-03-29 21:30+00", "2026-03-22 23:00:00+00", "2026-03-29 22:00:00+00")]
    [InlineData("America/New_York", "month", "2026-03-01 04:59+00", "2026-02-01 05:00:00+00", "2026-03-01 05:00:00+00")]
    [InlineData("America/New_York", "month", "2026-03-01 05:00+00", "2026-03-01 05:00:00+00", "2026-04-01 04:00:00+00")]
    public async Task A_period_begins_and_ends_by_the_clock_of_the_zone(string zone, string period, string at, string start, string end) =>
        (await _stage.Database.ScalarAsync<string>(
            $"select concat_ws(' ', period_start at time zone 'UTC' || '+00', period_end at time zone 'UTC' || '+00') from overmind.budget_period('{zone}', '{period}', '{at}')"))
            .ShouldBe($"{start} {end}");

    [Theory]
    [InlineData("Europe/London"), InlineData("Australia/Lord_Howe"), InlineData("America/Sao_Paulo"), InlineData("America/Havana"), InlineData("Africa/Cairo"), InlineData("Pacific/Apia")]
    public async Task Every_moment_of_twenty_years_falls_into_one_period_and_the_next_begins_where_it_ends(string zone) =>
        (await _stage.Database.ScalarAsync<long>(
            """
            select count(*)
            from generate_series('2008-01-01'::timestamptz, '2028-01-01', interval '30 minutes') as m (at)
            cross join lateral overmind.budget_period($1, 'day', m.at) as p
            cross join lateral overmind.budget_period($1, 'day', p.period_end) as next
            where m.at < p.period_start or m.at >= p.period_end or next.period_start <> p.period_end or p.period_end - p.period_start > interval '25 hours'
            """, zone)).ShouldBe(0);

    [Fact]
    public async Task A_period_that_turns_begins_at_nothing_and_a_settlement_goes_to_the_one_of_its_hold()
    {
        var budget = await _stage.AddAsync("1", "period", "'day'");
        var yesterday = Guid.CreateVersion7();
        await _stage.Database.ExecuteAsync(
            "insert into token_usage (organization_id, id, provider, model, created_at) values ($1, $2, 'openai', 'gpt-4o', now() - interval '1 day')", _stage.Tenant.OrganizationId, yesterday);
        (await _stage.UsageAsync(budget)).ShouldBe("0 0");
        (await _stage.ReserveAsync()).ShouldBeTrue();

        await _stage.SettleAsync(yesterday);
        await _stage.FoldAsync();

        (await _stage.UsageAsync(budget)).ShouldBe("0 1");
        (await _stage.Database.ScalarAsync<string>("select string_agg(concat_ws(' ', used, reserved), ', ' order by period_start) from budget_periods")).ShouldBe("1 0, 0 1");
    }

    [Fact]
    public async Task When_the_zone_changes_periods_are_those_of_the_new_one()
    {
        var budget = await _stage.AddAsync("5", "period", "'day'");
        await _stage.ReserveAsync();
        var flying = Guid.CreateVersion7();
        await _stage.ReserveAsync(flying);

        await _stage.Database.ExecuteAsync("update organizations set timezone = 'Asia/Kolkata' where id = $1", _stage.Tenant.OrganizationId);

        (await _stage.UsageAsync(budget)).ShouldBe("0 2");
        await _stage.SettleAsync(flying);
        await _stage.FoldAsync();
        (await _stage.UsageAsync(budget)).ShouldBe("1 1");
    }
}
