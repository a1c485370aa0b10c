using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Overmind.Agents;
using Overmind.Tests.Agents;

namespace Overmind.Tests.Usage;

public class LedgerTests(RunStage stage) : IClassFixture<RunStage>
{
    /// <summary>Six agents, then observe, distil, assemble and inspect.</summary>
    const int Calls = 10;

    [Fact]
    public async Task A_call_is_charged_by_the_price_of_its_model_and_keeps_what_the_provider_said()
    {
        var model = new FakeModel(FakeModel.Good(9.5))
        {
            Raw = JsonNode.Parse("""{"prompt_tokens": 1000, "completion_tokens": 100, "prompt_tokens_details": {"cached_tokens": 900}, "service_tier": "priority"}""")!.AsObject(),
        };

        var (run, events) = await stage.AskAsync(model, RunStage.Priced());

        (run.TokensInput, run.TokensOutput, run.CostUsd).ShouldBe((Calls * 1000, Calls * 100, Calls * 0.013m));
        events.Last(e => e.Type == "step.completed").Data.GetProperty("cost_usd").GetString().ShouldBe("0.013");
        (await RowsAsync(
            "count(*), u.tokens_input, u.tokens_cached, u.cost, u.currency, u.service_tier, u.outcome, u.is_estimated, u.raw_usage -> 'prompt_tokens_details', p.model", run,
            "join model_prices p on p.id = u.price_id group by u.tokens_input, u.tokens_cached, u.cost, u.currency, u.service_tier, u.outcome, u.is_estimated, u.raw_usage, p.model"))
            .ShouldBe($$"""{{Calls}} 1000 900 0.013 USD priority succeeded f {"cached_tokens": 900} gpt-4-turbo""");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task Step_run_conversation_member_project_and_organization_cost_the_same()
    {
        await stage.Database.ExecuteAsync("delete from token_usage");
        var project = await stage.Database.Database.FindAsync<Guid>(stage.User, "insert into projects (name) values ('Lamp') returning id", [], CancellationToken.None);
        var conversation = await stage.ConversationAsync();
        await stage.Database.ExecuteAsync("update conversations set project_id = $1 where id = $2", project, conversation);

        var (run, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(5, 9.5)), RunStage.Priced(), conversation);

        run.CostUsd.ShouldBe(2 * Calls * 0.0016m);
        (await stage.Database.ScalarAsync<string>(
            """
            select concat_ws(' ',
                (select trim_scale(sum(cost_usd)) from run_steps where run_id = $1),
                (select trim_scale(cost_usd) from conversation_usage where conversation_id = $2),
                (select trim_scale(cost_usd) from user_usage where user_id = $3),
                (select trim_scale(cost_usd) from project_usage where project_id = $4),
                (select trim_scale(total_cost_usd) from organization_usage where organization_id = $5))
            """, run.Id, conversation, stage.User.UserId!, project, stage.User.OrganizationId!)).ShouldBe("0.032 0.032 0.032 0.032 0.032");
    }

    [Fact]
    public async Task A_call_that_is_stopped_or_breaks_off_costs_what_had_come_and_one_that_is_refused_nothing()
    {
        var model = new FakeModel((call, stop) => call.Part switch
        {
            "creative" => throw new NotSupportedException("refused"),
            "structural" => BrokenAsync(),
            "observe" => EndlessAsync(stop),
            _ => new[] { FakeModel.Good(9.5)(call) }.ToAsyncEnumerable(),
        })
        { Usage = null };
        await using var host = await stage.HostAsync(model);
        var run = await host.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", RunStage.Priced(), CancellationToken.None);
        await foreach (var e in host.Runs.EventsAsync(stage.User, run.Id, -1, CancellationToken.None))
            if (e.Type == "step.delta" && e.Data.GetProperty("step_key").GetString() == "1/observe") break;
        await host.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None);
        await host.WatchAsync(stage.User, run.Id);

        (await RowsAsync("string_agg(distinct concat_ws(' ', s.agent_key, s.phase, u.outcome, u.is_estimated, u.cost > 0, u.tokens_output > 0), ', ')", run, "join run_steps s on s.id = u.step_id where s.step_key in ('1/agent:creative', '1/agent:structural', '1/observe')"))
            .ShouldBe("creative agent failed f f f, observe stopped t t t, structural agent failed t t t");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_model_without_a_price_works_costs_null_and_is_shown()
    {
        var (run, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)), RunStage.Unpriced());

        (run.Status, run.CostUsd).ShouldBe((RunStatus.Succeeded, null));
        (await stage.Database.Database.FindAsync<string>(
            stage.User, "select concat_ws(' ', provider, model, calls >= 10, tokens_output >= 200) from unpriced_models", [], CancellationToken.None)).ShouldBe("unpriced model t t");
    }

    [Fact]
    public async Task A_limit_of_cost_holds_for_a_model_with_a_price()
    {
        var (run, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(5)), RunStage.Priced(new RunOptions { CostCapUsd = 0.02m }));
        (run.TerminationReason, run.CostUsd).ShouldBe((TerminationReason.CostCap, 16 * 0.0016m));
    }

    [Fact]
    public async Task The_first_iteration_is_reckoned_before_it_is_asked_about()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        var run = await host.Runs.CreateAsync(
            stage.User, await stage.ConversationAsync(), "Why?", RunStage.Priced(new RunOptions { ApproveAboveUsd = 0.001m }), CancellationToken.None);
        await foreach (var e in host.Runs.EventsAsync(stage.User, run.Id, -1, CancellationToken.None))
            if (e.Type == "run.waiting") break;

        var waiting = (await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None)).Waiting!;
        (waiting.Reason, waiting.EstimatedCostUsd > 0.001m).ShouldBe(("approve_above_usd", true));
        await host.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None);
    }

    Task<string> RowsAsync(string columns, Run run, string rest) => stage.Database.ScalarAsync<string>(
        $"select concat_ws(' ', {columns}) from (select * from token_usage where run_id = $1) u {rest}", run.Id);

    static async IAsyncEnumerable<string> BrokenAsync()
    {
        await Task.Yield();
        yield return "It was going to";
        throw new NotSupportedException("gone in the middle");
    }

    static async IAsyncEnumerable<string> EndlessAsync([EnumeratorCancellation] CancellationToken stop)
    {
        yield return "It goes on and ";
        await Task.Delay(Timeout.Infinite, stop);
    }
}
