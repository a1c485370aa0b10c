using Npgsql;
using Overmind.Testing;

namespace Overmind.Tests.Usage.Budgets;

public sealed class BudgetReservationTests(TestPostgres postgres) : IAsyncLifetime
{
    readonly BudgetStage _stage = new(postgres);

    public ValueTask InitializeAsync() => _stage.InitializeAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_call_holds_what_it_may_use_and_then_counts_what_it_used()
    {
        var tokens = await _stage.AddAsync("1000", "unit", "'tokens'");
        var money = await _stage.AddAsync("1", "unit, currency", "'money', 'USD'");
        var call = Guid.CreateVersion7();

        (await _stage.ReserveAsync(call)).ShouldBeTrue();

        (await _stage.UsageAsync(tokens)).ShouldBe("0 150");
        // gpt-4o: 100 tokens for $2.50 a million, 50 for $10.
        (await _stage.UsageAsync(money)).ShouldBe("0 0.00075");

        await _stage.SettleAsync(call, 90, 10, 0.000325m);

        (await _stage.UsageAsync(tokens)).ShouldBe("100 0");
        (await _stage.UsageAsync(money)).ShouldBe("0.000325 0");
        await _stage.FoldAsync();
        (await _stage.UsageAsync(money)).ShouldBe("0.000325 0");
        (await _stage.Database.ScalarAsync<long>("select count(*) from budget_changes")).ShouldBe(0);
    }

    [Fact]
    public async Task What_does_not_fit_becomes_a_row_that_says_so_and_counts_nowhere()
    {
        var budget = await _stage.AddAsync("2");
        var (first, second, third) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        (await _stage.ReserveAsync(first)).ShouldBeTrue();
        (await _stage.ReserveAsync(second)).ShouldBeTrue();

        (await _stage.ReserveAsync(third)).ShouldBeFalse();

        (await RowAsync(third)).ShouldBe($"settled blocked 0 0 0 {budget} t");
        (await _stage.UsageAsync(budget)).ShouldBe("0 2");
        await _stage.SettleAsync(first);
        await _stage.SettleAsync(second);
        (await _stage.ReserveAsync(third = Guid.CreateVersion7())).ShouldBeFalse();
        (await RowAsync(third)).ShouldBe($"settled blocked 0 0 0 {budget} f");
        (await _stage.UsageAsync(budget)).ShouldBe("2 0 soft reached stopped");
        (await _stage.Database.ScalarAsync<decimal>("select sum(calls) from usage_rollups where part = 'sums' and dimension = 'organization' and grain = 'day'")).ShouldBe(2);
        (await _stage.Database.ScalarAsync<decimal>("select sum(calls) from user_usage")).ShouldBe(2);
        (await _stage.Database.ScalarAsync<long>("select count(*) from overmind.verify_usage()")).ShouldBe(0);

        Task<string> RowAsync(Guid id) => _stage.Database.ScalarAsync<string>(
            "select concat_ws(' ', status, outcome, tokens_input, tokens_output, cost, metadata ->> 'budget_id', metadata -> 'budget_is_busy' = 'true') from token_usage where metadata ->> 'call_id' = $1", id.ToString());
    }

    [Theory]
    [InlineData("calls", "")]
    [InlineData("tokens", "")]
    [InlineData("money", "USD")]
    public async Task A_limit_of_0_lets_nothing_through(string unit, string currency)
    {
        var budget = await _stage.AddAsync("0", currency.Length > 0 ? "unit, currency" : "unit", currency.Length > 0 ? $"'{unit}', '{currency}'" : $"'{unit}'");

        (await _stage.ReserveAsync()).ShouldBeFalse();
        (await _stage.ReserveAsync(provider: "offline", model: "offline")).ShouldBeFalse();
        (await _stage.UsageAsync(budget)).ShouldBe("0 0 soft reached stopped");
    }

    [Fact]
    public async Task Each_user_has_a_budget_of_their_own_and_nobody_elses_calls_count()
    {
        var each = await _stage.AddAsync("1", "dimension", "'user'");

        (await _stage.ReserveAsync()).ShouldBeTrue();
        (await _stage.ReserveAsync()).ShouldBeFalse();
        (await _stage.ReserveAsync(user: _stage.Tenant.OtherUser.UserId)).ShouldBeTrue();
        (await _stage.UsageAsync(each, _stage.Tenant.OtherUser.UserId.ToString())).ShouldBe("0 1");
    }

    [Fact]
    public async Task A_provider_a_model_a_project_a_key_and_a_workflow_are_limited_each_by_their_own()
    {
        await _stage.AddAsync("2", "dimension, subject", "'model', 'openai/*'");
        await _stage.AddAsync("1", "dimension, subject", "'model', 'openai/gpt-4o'");
        (await _stage.ReserveAsync()).ShouldBeTrue();
        (await _stage.ReserveAsync()).ShouldBeFalse();
        (await _stage.ReserveAsync(model: "gpt-4o-mini")).ShouldBeTrue();
        (await _stage.ReserveAsync(model: "gpt-4o-mini")).ShouldBeFalse();
        (await _stage.ReserveAsync(provider: "anthropic", model: "claude")).ShouldBeTrue();

        foreach (var (dimension, column, value) in new[] { ("project", "project_id", Guid.CreateVersion7().ToString()), ("api_key", "api_key_id", Guid.CreateVersion7().ToString()), ("workflow", "workflow_key", "general") })
        {
            await _stage.AddAsync("1", "dimension, subject", $"'{dimension}', '{value}'");
            var insert = $"insert into token_usage (organization_id, user_id, provider, model, {column}) values ($1, $2, 'local', 'm', '{value}') returning status";
            (await _stage.Database.ScalarAsync<string>(insert, _stage.Tenant.OrganizationId, _stage.Tenant.User.UserId!)).ShouldBe("reserved", dimension);
            (await _stage.Database.ScalarAsync<string>(insert, _stage.Tenant.OrganizationId, _stage.Tenant.User.UserId!)).ShouldBe("settled", dimension);
            (await _stage.ReserveAsync(provider: "local", model: "m")).ShouldBeTrue(dimension);
        }
    }

    [Fact]
    public async Task Scheduled_work_alone_is_skipped_where_the_budget_says_so()
    {
        var budget = await _stage.AddAsync("1", "on_limit", "'skip_scheduled'");
        (await _stage.ReserveAsync(isScheduled: true)).ShouldBeTrue();

        (await _stage.ReserveAsync(isScheduled: true)).ShouldBeFalse();
        (await _stage.ReserveAsync()).ShouldBeTrue();
        (await _stage.UsageAsync(budget)).ShouldBe("0 2");
    }

    [Fact]
    public async Task A_second_limit_ends_what_may_go_on_above_the_first()
    {
        var budget = await _stage.AddAsync("1", "on_limit, second_limit", "'allow_up_to', 2");
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        (await _stage.ReserveAsync(first)).ShouldBeTrue();
        await _stage.SettleAsync(first);
        await _stage.FoldAsync();
        (await _stage.UsageAsync(budget)).ShouldBe("1 0 soft reached");

        (await _stage.ReserveAsync(second)).ShouldBeTrue();
        (await _stage.ReserveAsync()).ShouldBeFalse();
        await _stage.SettleAsync(second);
        (await _stage.ReserveAsync()).ShouldBeFalse();
        (await _stage.UsageAsync(budget)).ShouldBe("2 0 soft reached stopped");
    }

    [Fact]
    public async Task A_call_that_is_deleted_or_lost_gives_back_what_it_held()
    {
        var budget = await _stage.AddAsync("1");
        var (deleted, lost) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        (await _stage.ReserveAsync(deleted)).ShouldBeTrue();
        await _stage.Database.ExecuteAsync("delete from token_usage where id = $1", deleted);
        (await _stage.UsageAsync(budget)).ShouldBe("0 0");

        (await _stage.ReserveAsync(lost)).ShouldBeTrue();
        await _stage.Database.ExecuteAsync("update token_usage set status = 'settled', settled_at = now(), outcome = 'lost', is_estimated = true, tokens_input = 7, tokens_output = 0 where id = $1", lost);
        (await _stage.UsageAsync(budget)).ShouldBe("1 0");
    }

    [Fact]
    public async Task Reserving_the_same_call_again_holds_it_once()
    {
        var budget = await _stage.AddAsync("5");
        var call = Guid.CreateVersion7();
        const string Again = "insert into token_usage (organization_id, id, provider, model) values ($1, $2, 'openai', 'gpt-4o') on conflict do nothing";
        await _stage.Database.ExecuteAsync(Again, _stage.Tenant.OrganizationId, call);
        await _stage.Database.ExecuteAsync(Again, _stage.Tenant.OrganizationId, call);
        (await _stage.UsageAsync(budget)).ShouldBe("0 1");

        await _stage.SettleAsync(call);
        await _stage.Database.ExecuteAsync(Again, _stage.Tenant.OrganizationId, call);
        (await _stage.UsageAsync(budget)).ShouldBe("1 0");
    }

    [Fact]
    public async Task A_model_without_a_price_works_holds_no_money_and_shows()
    {
        var budget = await _stage.AddAsync("1", "unit, currency", "'money', 'USD'");
        var call = Guid.CreateVersion7();

        (await _stage.ReserveAsync(call, provider: "local", model: "mine")).ShouldBeTrue();
        await _stage.SettleAsync(call);

        (await _stage.UsageAsync(budget)).ShouldBe("0 0");
        (await _stage.Database.ScalarAsync<long>("select unpriced_calls from budget_usage where budget_id = $1", budget)).ShouldBe(1);
    }

    [Fact]
    public async Task A_budget_that_begins_has_counted_what_its_period_used_before()
    {
        var (settled, flying) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _stage.ReserveAsync(settled);
        await _stage.SettleAsync(settled);
        await _stage.ReserveAsync(flying);

        var budget = await _stage.AddAsync("3");
        (await _stage.UsageAsync(budget)).ShouldBe("1 0");
        await _stage.SettleAsync(flying);
        (await _stage.UsageAsync(budget)).ShouldBe("2 0");
        await _stage.FoldAsync();
        (await _stage.UsageAsync(budget)).ShouldBe("2 0");

        await _stage.Database.ExecuteAsync("update budgets set is_active = false where id = $1", budget);
        var meanwhile = Guid.CreateVersion7();
        (await _stage.ReserveAsync(meanwhile)).ShouldBeTrue();
        await _stage.SettleAsync(meanwhile);
        await _stage.Database.ExecuteAsync("update budgets set is_active = true where id = $1", budget);
        (await _stage.ReserveAsync()).ShouldBeFalse();
        (await _stage.UsageAsync(budget)).ShouldBe("3 0 soft reached stopped");
    }

    [Fact]
    public async Task Pricing_anew_moves_what_is_used_of_money_and_frees_a_budget_that_it_brings_below_its_limit()
    {
        var budget = await _stage.AddAsync("1", "unit, currency", "'money', 'USD'");
        var call = Guid.CreateVersion7();
        await _stage.ReserveAsync(call);
        await _stage.SettleAsync(call, cost: 1.5m);
        await _stage.FoldAsync();
        (await _stage.UsageAsync(budget)).ShouldBe("1.5 0 soft reached stopped");

        await _stage.Database.ExecuteAsync("update token_usage set cost = 0.1 where id = $1", call);
        await _stage.FoldAsync();

        (await _stage.UsageAsync(budget)).ShouldBe("0.1 0");
        (await _stage.ReserveAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Money_in_another_currency_is_reckoned_by_the_rate_of_the_day_and_refused_without_one()
    {
        var refused = await Should.ThrowAsync<PostgresException>(_stage.AddAsync("50", "unit, currency", "'money', 'GBP'"));
        refused.ConstraintName.ShouldBe("budgets_currency_with_rate");
        await _stage.Database.ExecuteAsync("insert into exchange_rates (organization_id, currency, valid_from, rate) values ($1, 'GBP', '2020-01-01', 0.8)", _stage.Tenant.OrganizationId);

        var budget = await _stage.AddAsync("50", "unit, currency", "'money', 'GBP'");
        var call = Guid.CreateVersion7();
        await _stage.ReserveAsync(call);
        (await _stage.UsageAsync(budget)).ShouldBe("0 0.0006");
        await _stage.SettleAsync(call, cost: 0.01m);
        (await _stage.UsageAsync(budget)).ShouldBe("0.008 0");
    }

    [Fact]
    public async Task A_member_reads_what_concerns_the_organization_and_themselves_and_writes_nothing()
    {
        var shared = await _stage.AddAsync("5");
        var own = await _stage.AddAsync("5", "dimension, subject", $"'user', '{_stage.Tenant.User.UserId}'");
        var anothers = await _stage.AddAsync("5", "dimension, subject", $"'user', '{_stage.Tenant.OtherUser.UserId}'");
        await _stage.ReserveAsync(user: _stage.Tenant.OtherUser.UserId);

        (await _stage.Database.Database.ListAsync<Guid>(_stage.Tenant.User, "select id from budgets order by id", [], default)).ShouldBe([shared, own]);
        (await _stage.Database.Database.ListAsync<Guid>(_stage.Tenant.Admin, "select budget_id from budget_usage order by budget_id", [], default)).ShouldBe([shared, own, anothers]);
        (await _stage.Database.Database.ListAsync<Guid>(_stage.Other.Admin, "select budget_id from budget_usage", [], default)).ShouldBeEmpty();
        await Should.ThrowAsync<PostgresException>(_stage.Database.Database.ExecuteAsync(
            _stage.Tenant.User, "insert into budgets (name, dimension, period, unit, limit_amount) values ('mine', 'organization', 'day', 'calls', 1)", [], default));
        (await _stage.Database.Database.ExecuteAsync(_stage.Tenant.User, "update budgets set limit_amount = 1000", [], default)).ShouldBe(0);
        await Should.ThrowAsync<PostgresException>(_stage.Database.Database.ExecuteAsync(_stage.Tenant.Admin, "update budget_periods set used = 0", [], default));
    }
}
