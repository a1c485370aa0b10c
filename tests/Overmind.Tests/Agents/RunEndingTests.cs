using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;
using static Overmind.Agents.TerminationReason;

namespace Overmind.Tests.Agents;

public class RunEndingTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task All_iterations_made_keep_the_best_answer_not_the_last()
    {
        var (run, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(3, 7, 5)), new RunOptions { MaxN2Iterations = 3 });

        (run.Status, run.TerminationReason, run.N2Iterations, run.BestIteration, run.BestScore, run.Answer)
            .ShouldBe((RunStatus.Succeeded, MaxIterations, 3, 2, 7, "answer 2"));
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_score_that_stays_where_it_is_ends_the_run_as_plateau()
    {
        var (run, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(6, 6.1, 6.2)), new RunOptions { MaxN2Iterations = 9 });

        (run.Status, run.TerminationReason, run.N2Iterations, run.BestScore).ShouldBe((RunStatus.Succeeded, Plateau, 3, 6.2));
    }

    [Fact]
    public async Task Verdicts_that_stay_unreadable_are_asked_for_again_once_and_end_the_run_unscored()
    {
        var model = new FakeModel(FakeModel.Good([null]));
        var (run, events) = await stage.AskAsync(model, new RunOptions { MaxN2Iterations = 2 });

        (run.Status, run.TerminationReason, run.N2Iterations, run.BestIteration, run.BestScore, run.Answer)
            .ShouldBe((RunStatus.Succeeded, Unscored, 2, 2, null, "answer 2"));
        model.Calls.Count(c => c.Part == "inspect").ShouldBe(4);
        events.Count(e => e.Type == "step.sent_back").ShouldBe(2);
        (await stage.Database.ScalarAsync<long>("select count(*) from synthesis_events where run_id = $1 and quality_score is null", run.Id)).ShouldBe(2);
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_cost_cap_ends_the_run_before_its_next_call_with_the_best_it_has()
    {
        // The only priced model is free: what was spent is arranged.
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var run = await idle.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", new RunOptions { CostCapUsd = 0.5m }, CancellationToken.None);
        await stage.Database.ExecuteAsync("update workflow_runs set cost_usd = 0.6 where id = $1", run.Id);
        var model = new FakeModel(FakeModel.Good(9.5));
        await using var host = await stage.HostAsync(model);

        await host.WatchAsync(stage.User, run.Id);

        run = await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None);
        (run.Status, run.TerminationReason, run.Error?.Code).ShouldBe((RunStatus.Failed, CostCap, "cost_cap"));
        model.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deadline_stops_calls_in_the_air_and_keeps_the_best_so_far()
    {
        var good = FakeModel.Good(6);
        var model = new FakeModel((call, token) => call.Number == 2 && call.Part == "creative" ? Hanging(token) : At(good(call)));

        var (run, events) = await stage.AskAsync(model, new RunOptions { DeadlineSeconds = 1 });

        (run.Status, run.TerminationReason, run.N2Iterations, run.BestIteration, run.Answer).ShouldBe((RunStatus.Succeeded, Deadline, 1, 1, "answer 1"));
        (run.CompletedAt!.Value - run.DeadlineAt!.Value).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(5));
        var steps = await StepsAsync(run);
        steps["2/agent:creative"].ShouldBe("cancelled");
        steps["2/agent:boundary"].ShouldBe("succeeded");
        (await stage.Database.ScalarAsync<bool>("select is_estimated and tokens_output > 0 from run_steps where run_id = $1 and step_key = '2/agent:creative'", run.Id)).ShouldBeTrue();
        events.Count(e => e.Type == "step.delta").ShouldBeLessThanOrEqualTo(1);
        (await stage.Database.ScalarAsync<long>("select count(*) from synthesis_events where run_id = $1", run.Id)).ShouldBe(2);
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_deadline_without_an_answer_fails_the_run()
    {
        var (run, _) = await stage.AskAsync(new FakeModel((_, token) => Hanging(token)), new RunOptions { DeadlineSeconds = 1 });

        (run.Status, run.TerminationReason, run.Error?.Code, run.Answer, run.AnswerMessageId).ShouldBe((RunStatus.Failed, Deadline, "deadline", null, null));
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task An_agent_that_breaks_its_format_twice_is_left_out()
    {
        var good = FakeModel.Good(9.5);
        var model = new FakeModel(call => call.Part == "creative" ? "no four lines" : good(call));

        var (run, events) = await stage.AskAsync(model);

        run.Status.ShouldBe(RunStatus.Succeeded);
        var (first, second) = (model.Calls.Single(c => c is { Part: "creative", Number: 1 }), model.Calls.Single(c => c is { Part: "creative", Number: 2 }));
        second.Prompt.ShouldContain("exactly four lines");
        second.IdempotencyKey.ShouldNotBe(first.IdempotencyKey);
        var sentBack = events.Single(e => e.Type == "step.sent_back");
        sentBack.Data.GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain("four lines");
        events.Single(e => e.Type == "step.failed").Data.GetProperty("attempt").GetInt32().ShouldBe(2);
        (await stage.Database.ScalarAsync<string>("select concat_ws('|', status, attempt, output, tokens_input) from run_steps where run_id = $1 and step_key = '1/agent:creative'", run.Id))
            .ShouldBe("failed|2|no four lines|200");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task An_answer_sent_back_once_and_then_right_counts()
    {
        var good = FakeModel.Good(9.5);

        var (run, _) = await stage.AskAsync(new FakeModel(call => call is { Part: "creative", Number: 1 } ? "no four lines" : good(call)));

        (await StepsAsync(run))["1/agent:creative"].ShouldBe("succeeded");
        (await stage.Database.ScalarAsync<bool>("select error_message is null from run_steps where run_id = $1 and step_key = '1/agent:creative'", run.Id)).ShouldBeTrue();
    }

    [Fact]
    public async Task One_agents_model_that_fails_leaves_the_others_to_answer()
    {
        var good = FakeModel.Good(9.5);

        var (run, events) = await stage.AskAsync(new FakeModel(call => call.Part == "creative" ? throw new NotSupportedException("no such thing") : good(call)));

        run.Status.ShouldBe(RunStatus.Succeeded);
        events.Single(e => e.Type == "step.failed").Data.GetProperty("error_message").GetString().ShouldBe("offline/offline failed: no such thing");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_model_that_fails_for_all_agents_fails_the_run_with_the_reason_and_the_question_stays()
    {
        var (run, events) = await stage.AskAsync(new FakeModel(_ => throw new NotSupportedException("the key is wrong")));

        (run.Status, run.TerminationReason, run.Error?.Code).ShouldBe((RunStatus.Failed, TerminationReason.Failed, "model_failed"));
        run.Error!.Message.ShouldContain("the key is wrong");
        events[^1].Type.ShouldBe("run.failed");
        (await stage.Database.ScalarAsync<string>("select string_agg(role, ',') from messages where conversation_id = $1", run.ConversationId)).ShouldBe("user");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task Agents_that_fail_for_different_reasons_have_no_one_code_and_alike_ones_have_theirs()
    {
        var (differing, events) = await stage.AskAsync(new FakeModel(call => throw new ModelCallException(
            call.Part == "creative" ? ErrorCode.ModelNotFound : ErrorCode.ModelRefused, "It failed.")));
        var (alike, _) = await stage.AskAsync(new FakeModel(_ => throw new ModelCallException(ErrorCode.ModelRefused, "It failed.")));

        (differing.Error!.Code, alike.Error!.Code).ShouldBe(("model_failed", "model_refused"));
        events.Where(e => e.Type == "step.failed").Select(e => e.Data.GetProperty("error_code").GetString()).Distinct().Order()
            .ShouldBe(["model_not_found", "model_refused"]);
        await stage.ShouldAddUpAsync(differing.Id);
    }

    [Fact]
    public async Task A_synthesis_that_fails_later_on_keeps_the_earlier_answer()
    {
        var good = FakeModel.Good(6);

        var (run, _) = await stage.AskAsync(new FakeModel(call => call is { Part: "distil", Number: > 1 } ? throw new NotSupportedException("gone") : good(call)));

        (run.Status, run.TerminationReason, run.Answer, run.Error?.Code).ShouldBe((RunStatus.Succeeded, TerminationReason.Failed, "answer 1", "model_failed"));
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_failure_that_may_pass_is_tried_again_as_another_attempt()
    {
        var good = FakeModel.Good(9.5);
        var model = new FakeModel(call => call is { Part: "observe", Number: < 3 } ? throw new HttpRequestException("busy", null, System.Net.HttpStatusCode.TooManyRequests) : good(call));

        var (run, _) = await stage.AskAsync(model);

        run.Status.ShouldBe(RunStatus.Succeeded);
        (await stage.Database.ScalarAsync<string>("select status || attempt || tokens_input from run_steps where run_id = $1 and step_key = '1/observe'", run.Id)).ShouldBe("succeeded3100");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_failure_that_does_not_pass_is_given_up_after_three_tries()
    {
        var good = FakeModel.Good(9.5);
        var model = new FakeModel(call => call.Part == "observe" ? throw new IOException("the line is dead") : good(call));

        var (run, _) = await stage.AskAsync(model);

        (run.Status, run.Error?.Code).ShouldBe((RunStatus.Failed, "model_failed"));
        model.Calls.Count(c => c.Part == "observe").ShouldBe(3);
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_run_that_cannot_be_recorded_is_given_up_in_the_end_and_nothing_is_half_written()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var run = await idle.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", null, CancellationToken.None);
        await stage.Database.ExecuteAsync("update jobs set max_attempts = 2 where unique_key = $1", run.Id.ToString());
        await stage.Database.ExecuteAsync(
            $"""
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$;
            create trigger refuse before insert on synthesis_events for each row when (new.run_id = '{run.Id}') execute function refuse();
            """);
        var model = new FakeModel(FakeModel.Good(9.5));

        await using (var host = await stage.HostAsync(model)) (await host.WatchAsync(stage.User, run.Id))[^1].Type.ShouldBe("run.failed");

        run = await idle.Runs.GetAsync(stage.User, run.Id, CancellationToken.None);
        (run.Status, run.TerminationReason, run.Error?.Code, run.Answer).ShouldBe((RunStatus.Failed, TerminationReason.Failed, "internal_error", null));
        run.Error!.Message.ShouldNotContain("disk");
        model.Calls.Count(c => c.Part == "assemble").ShouldBe(1);
        model.Calls.Count(c => c.Part == "inspect").ShouldBe(2);
        (await stage.Database.ScalarAsync<string>("select string_agg(role, ',') from messages where conversation_id = $1", run.ConversationId)).ShouldBe("user");
        await stage.ShouldAddUpAsync(run.Id);
        await stage.Database.ExecuteAsync("drop trigger refuse on synthesis_events; drop function refuse");
    }

    [Fact]
    public async Task A_conversation_deleted_meanwhile_gets_no_answer_and_the_run_ends()
    {
        var conversation = await stage.ConversationAsync();
        var good = FakeModel.Good(9.5);
        var model = new FakeModel(call =>
        {
            if (call.Part == "inspect")
                stage.Database.ExecuteAsync("update conversations set status = 'deleted', deleted_at = now() where id = $1", conversation).GetAwaiter().GetResult();
            return good(call);
        });

        var (run, _) = await stage.AskAsync(model, conversation: conversation);

        run.Status.ShouldBe(RunStatus.Succeeded);
        (await stage.Database.ScalarAsync<long>("select count(*) from messages where run_id = $1 and role = 'assistant'", run.Id)).ShouldBe(0);
    }

    async Task<Dictionary<string, string>> StepsAsync(Run run)
    {
        await using var host = await RunHost.StartAsync(stage.Database, worker: false);
        return (await host.Runs.StepsAsync(stage.User, run.Id, CancellationToken.None)).ToDictionary(s => s.StepKey, s => s.Status.ToString().ToLowerInvariant());
    }

    internal static async IAsyncEnumerable<string> At(string text)
    {
        await Task.Yield();
        yield return text;
    }

    static async IAsyncEnumerable<string> Hanging([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        yield return "what was said by then";
        await Task.Delay(Timeout.Infinite, token);
    }
}
