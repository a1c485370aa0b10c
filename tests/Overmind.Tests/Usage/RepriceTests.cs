using Overmind.Tests.Postgres;

namespace Overmind.Tests.Usage;

public class RepriceTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task A_period_is_priced_anew_in_ledger_step_and_run_after_a_look_at_the_difference()
    {
        var (run, step) = await StepAsync("priced-late");
        await data.OneAsync<decimal?>(data.Me, "select backfill_step_cost($1, 'priced-late', 'openai')", step);
        (await TotalsAsync(run)).ShouldBe("- - -");
        await data.DoAsync(data.First.Admin, "insert into price_overrides (provider, model, input_price, output_price) values ('openai', 'priced-late', 0.00001, 0.00003)");

        (await RepriceAsync("priced-late", false)).ShouldBe("1 1  0.074 1 0");
        (await TotalsAsync(run)).ShouldBe("- - -");
        (await RepriceAsync("priced-late", true)).ShouldBe("1 1  0.074 1 0");
        (await TotalsAsync(run)).ShouldBe("0.074 0.074 0.074");
        (await RepriceAsync("priced-late", true)).ShouldBe("1 0 0.074 0.074 0 0");
    }

    [Fact]
    public async Task A_step_is_written_into_the_ledger_once_however_many_ask()
    {
        var (run, step) = await StepAsync("gpt-4-turbo");
        var costs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => data.OneAsync<decimal?>(data.Me, "select backfill_step_cost($1, 'gpt-4-turbo', 'openai')", step)));
        costs.ShouldAllBe(cost => cost == 0.074m);
        (await data.Owner.ScalarAsync<long>("select count(*) from token_usage where run_id = $1", run)).ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_a_worker_holds_is_left_alone()
    {
        var (run, step) = await StepAsync("held");
        await data.OneAsync<decimal?>(data.Me, "select backfill_step_cost($1, 'held', 'openai')", step);
        await data.Owner.ExecuteAsync("update workflow_runs set status = 'running', completed_at = null, termination_reason = null where id = $1", run);
        (await RepriceAsync("held", true)).ShouldBe("");
    }

    [Fact]
    public async Task Another_period_and_another_organization_stay_as_they_are()
    {
        var (_, step) = await StepAsync("elsewhere");
        await data.OneAsync<decimal?>(data.Me, "select backfill_step_cost($1, 'elsewhere', 'openai')", step);
        (await data.OneAsync<long>(data.First.Admin, "select count(*) from overmind.reprice_usage('2020-01-01', '2020-02-01', null, null, true)")).ShouldBe(0);
        (await data.OneAsync<long>(data.Second.Admin, "select count(*) from overmind.reprice_usage('-infinity', 'infinity', null, 'elsewhere', true)")).ShouldBe(0);
        (await data.RefusedAsync(data.Me, "select * from overmind.reprice_usage('-infinity', 'infinity', null, null, false)")).ShouldBe("42501");
    }

    async Task<(Guid Run, Guid Step)> StepAsync(string model)
    {
        var workflow = await data.OneAsync<Guid>(data.Me, "select id from workflows limit 1");
        var run = await data.OneAsync<Guid>(data.Me, "insert into workflow_runs (workflow_id, status) values ($1, 'queued') returning id", workflow);
        return (run, await data.OneAsync<Guid>(
            data.Me, "insert into run_steps (run_id, step_key, model, tokens_input, tokens_output, status) values ($1, 'only', $2, 5000, 800, 'succeeded') returning id", run, model));
    }

    Task<string> TotalsAsync(Guid run) => data.OneAsync<string>(
        data.Me,
        """
        select concat_ws(' ', coalesce(u.cost::text, '-'), coalesce(s.cost_usd::text, '-'), coalesce(r.cost_usd::text, '-'))
        from workflow_runs r
        join run_steps s on s.run_id = r.id
        join token_usage u on u.step_id = s.id
        where r.id = $1
        """, run);

    Task<string> RepriceAsync(string model, bool apply) => data.OneAsync<string>(
        data.First.Admin,
        "select coalesce(string_agg(concat_ws(' ', calls, changed, coalesce(cost_before::text, ''), cost_after, unpriced_before, unpriced_after), ''), '') from overmind.reprice_usage('-infinity', 'infinity', 'openai', $1, $2)",
        model, apply);
}
