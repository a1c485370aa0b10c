using Npgsql;
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
            with recursive days as (
                select p.period_start, p.period_end from overmind.budget_period($1, 'day', '2008-01-01') as p
                union all
                select p.period_start, p.period_end from days d cross join lateral overmind.budget_period($1, 'day', d.period_end) as p where d.period_end < '2028-01-01'
            )
            select count(*)
            from days d
            left join days before on before.period_end = d.period_start
            cross join lateral generate_series(d.period_start, d.period_end - interval '1 microsecond', interval '3 hours') as m (at)
            cross join lateral (select * from overmind.budget_period($1, 'day', m.at) union select * from overmind.budget_period($1, 'day', d.period_end - interval '1 microsecond')) as p
            where (p.period_start, p.period_end) <> (d.period_start, d.period_end)
               or before.period_end is null and d.period_start > '2008-01-01'
               or d.period_end - d.period_start not between interval '1 hour' and interval '25 hours'
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
    public async Task What_had_not_seen_the_budget_begin_is_counted_however_late_it_ends()
    {
        await _stage.AddAsync("1000");
        await AllAreExactAsync();
        await using var beginning = await _stage.Database.Owner.OpenConnectionAsync();
        await using var began = await beginning.BeginTransactionAsync();
        await using (var begin = new NpgsqlCommand(
            $"""
            insert into budgets (organization_id, name, dimension, period, unit, limit_amount)
            values ('{_stage.Tenant.OrganizationId}', 'late', 'organization', 'month', 'calls', 1000)
            """, beginning))
            await begin.ExecuteNonQueryAsync();
        // The newest of all transactions, which ends last.
        await using var calling = await _stage.Database.Owner.OpenConnectionAsync();
        await using var called = await calling.BeginTransactionAsync();
        await using (var call = new NpgsqlCommand(
            $"""
            insert into token_usage (organization_id, provider, model, status, outcome, settled_at, tokens_input, tokens_output)
            values ('{_stage.Tenant.OrganizationId}', 'openai', 'gpt-4o', 'settled', 'succeeded', now(), 1, 1)
            """, calling))
            await call.ExecuteNonQueryAsync();
        await began.CommitAsync();

        await _stage.FoldAsync();
        (await BudgetStage.DifferencesAsync(_stage.Database.Owner)).ShouldBeEmpty("while it goes on");
        await called.CommitAsync();

        await AllAreExactAsync();
        (await BudgetStage.DifferencesAsync(_stage.Database.Owner)).ShouldBeEmpty();
        (await _stage.Database.ScalarAsync<decimal>("select sum(used) from budget_usage")).ShouldBe(2);
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

    [Fact]
    public async Task A_reservation_that_looked_before_the_zone_changed_is_held_in_the_period_of_the_new_one()
    {
        await _stage.AddAsync("1000");
        await AllAreExactAsync();
        // Whoever sets test.waits stands still between looking at the budgets and holding their periods.
        await _stage.Database.ExecuteAsync(
            """
            alter function overmind.budget_period(text, text, timestamptz) rename to real_budget_period;
            create function overmind.budget_period(p_zone text, p_period text, p_at timestamptz, out period_start timestamptz, out period_end timestamptz)
                language plpgsql
                stable
            as $$
            begin
                select p.* into period_start, period_end from overmind.real_budget_period(p_zone, p_period, p_at) as p;
                if current_setting('test.waits', true) = 'on' then
                    perform pg_advisory_xact_lock(1);
                end if;
            end
            $$
            """);
        await using var keeper = await _stage.Database.Owner.OpenConnectionAsync();
        await using (var keep = new NpgsqlCommand("select pg_advisory_lock(1)", keeper))
            await keep.ExecuteNonQueryAsync();
        await using var reserving = await _stage.Database.Owner.OpenConnectionAsync();
        await using var reserve = new NpgsqlCommand(
            $"set test.waits = 'on'; insert into token_usage (organization_id, provider, model) values ('{_stage.Tenant.OrganizationId}', 'openai', 'gpt-4o')", reserving);
        var reserved = reserve.ExecuteNonQueryAsync();
        await Poll.UntilAsync(async () => await _stage.Database.ScalarAsync<long>(
            "select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())") > 0);

        await _stage.Database.ExecuteAsync("update organizations set timezone = 'Pacific/Apia' where id = $1", _stage.Tenant.OrganizationId);
        await _stage.FoldAsync();
        await using (var free = new NpgsqlCommand("select pg_advisory_unlock(1)", keeper))
            await free.ExecuteNonQueryAsync();
        await reserved;

        await AllAreExactAsync();
        (await _stage.Database.ScalarAsync<decimal>("select reserved from budget_usage")).ShouldBe(1);
    }

    Task AllAreExactAsync() => Poll.UntilAsync(async () =>
    {
        await _stage.FoldAsync();
        return await _stage.Database.ScalarAsync<long>("select count(*) from budgets where recount_after is not null") == 0;
    });
}
