using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Overmind.Agents;
using Overmind.Errors;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

public class RunApprovalTests(RunStage stage) : IClassFixture<RunStage>
{
    static RunOptions FromSecond => new() { ApproveFromIteration = 2, MaxN2Iterations = 2, QualityThreshold = 10 };

    [Fact]
    public async Task A_run_that_waits_holds_no_worker_and_goes_on_when_it_is_approved()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(6, 7)));
        var run = await WaitingAsync(host, FromSecond);
        (run.Waiting!.Iteration, run.Waiting.Reason, run.Waiting.EstimatedCostUsd, run.Waiting.RepairDirective).ShouldBe((2, "approve_from_iteration", 0, "repair 1"));
        (await JobAsync(run)).ShouldBe("pending true infinity");

        var approved = await host.Runs.ApproveAsync(
            stage.User, run.Id, new NewDecision { Iteration = 2, Note = "Worth it.", Directive = "Name the costs." }, CancellationToken.None);

        approved.Status.ShouldBeOneOf(RunStatus.Queued, RunStatus.Running, RunStatus.Succeeded);
        var events = await host.WatchAsync(stage.User, run.Id);
        events.Select(e => e.Type).Where(t => t.StartsWith("run.", StringComparison.Ordinal))
            .ShouldBe(["run.created", "run.started", "run.waiting", "run.approved", "run.started", "run.succeeded"]);
        events.Where(e => e.Type == "run.started").ShouldAllBe(e => !e.Data.GetProperty("resumed").GetBoolean());
        events.Single(e => e.Type == "iteration.started" && e.Data.GetProperty("iteration").GetInt32() == 2)
            .Data.GetProperty("repair_directive").GetString().ShouldBe("Name the costs.");
        run = await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None);
        (run.Status, run.N2Iterations, run.BestScore, run.Waiting).ShouldBe((RunStatus.Succeeded, 2, 7, null));
        var decision = run.Approvals.ShouldHaveSingleItem();
        (decision.Iteration, decision.Decision, decision.Note, decision.Directive, decision.UserId)
            .ShouldBe((2, "approved", "Worth it.", "Name the costs.", stage.User.UserId));
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task Of_many_decisions_at_once_one_holds_and_the_others_get_the_run_as_it_stands()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(6, 7)));
        var run = await WaitingAsync(host, FromSecond);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0
            ? host.Runs.ApproveAsync(stage.User, run.Id, null, CancellationToken.None)
            : host.Runs.RejectAsync(stage.User, run.Id, null, CancellationToken.None)));

        await host.WatchAsync(stage.User, run.Id);
        run = await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None);
        run.N2Iterations.ShouldBe(run.Approvals.ShouldHaveSingleItem().Decision == "approved" ? 2 : 1);
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_run_that_waits_is_ended_also_when_who_cancels_it_loses_its_job()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(6, 7)));
        var run = await WaitingAsync(host, FromSecond);

        (await host.Services.GetRequiredService<RunStore>().RequestCancelAsync(stage.User, run.Id, CancellationToken.None)).ShouldNotBeNull();

        await host.WatchAsync(stage.User, run.Id);
        (await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None)).Status.ShouldBe(RunStatus.Cancelled);
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_decision_on_another_iteration_changes_nothing()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(6, 7)));
        var run = await WaitingAsync(host, FromSecond);

        (await host.Runs.ApproveAsync(stage.User, run.Id, new NewDecision { Iteration = 3 }, CancellationToken.None)).ShouldBe(run);
        (await Should.ThrowAsync<OvermindException>(() => host.Runs.ApproveAsync(stage.Tenant.OtherUser, run.Id, null, CancellationToken.None)))
            .Code.ShouldBe(ErrorCode.RunNotFound);
        (await Should.ThrowAsync<OvermindException>(() => host.Runs.ApproveAsync(stage.User, run.Id, new NewDecision { Note = "" }, CancellationToken.None)))
            .Param.ShouldBe("note");

        (await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None)).ShouldBe(run);
        await stage.EndAsync(host, run);
    }

    [Theory]
    [InlineData(2, RunStatus.Succeeded, "answer 1")]
    [InlineData(1, RunStatus.Cancelled, null)]
    public async Task A_rejected_run_ends_with_its_best(int from, RunStatus status, string? answer)
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(6, 7)));
        var run = await WaitingAsync(host, FromSecond with { ApproveFromIteration = from });

        await host.Runs.RejectAsync(stage.User, run.Id, new NewDecision { Note = "Too dear." }, CancellationToken.None);

        await host.WatchAsync(stage.User, run.Id);
        run = await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None);
        (run.Status, run.TerminationReason, run.Answer).ShouldBe((status, TerminationReason.Cancelled, answer));
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_run_that_waits_is_ended_by_whoever_cancels_it()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(6, 7)));
        var run = await WaitingAsync(host, FromSecond);

        run = await host.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None);

        (run.Status, run.Answer, run.Waiting).ShouldBe((RunStatus.Cancelled, "answer 1", null));
        (await host.Runs.ApproveAsync(stage.User, run.Id, null, CancellationToken.None)).ShouldBe(run);
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_its_worker_writes_that_it_waits_ends()
    {
        var answer = new TaskCompletionSource();
        var good = FakeModel.Good(6, 7);
        await using var host = await stage.HostAsync(new FakeModel((call, _) => After(call.Part == "inspect" ? answer.Task : Task.CompletedTask, good(call))));
        var run = await host.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", FromSecond, CancellationToken.None);
        await Poll.UntilAsync(() => stage.Database.ScalarAsync<bool>("select exists (select from run_steps where run_id = $1 and phase = 'inspect')", run.Id));

        // Its worker hears of the wish when the wish is committed: by then it has nothing left to write but that the run waits.
        await using var connection = await stage.Database.Owner.OpenConnectionAsync();
        await using var cancelling = await connection.BeginTransactionAsync();
        await using var cancel = new NpgsqlCommand("update workflow_runs set cancel_requested_at = now() where id = $1", connection) { Parameters = { new() { Value = run.Id } } };
        await cancel.ExecuteNonQueryAsync();
        answer.SetResult();
        await Poll.UntilAsync(() => stage.Database.ScalarAsync<bool>(
            "select exists (select from pg_stat_activity where $1 = any(pg_blocking_pids(pid)) and datname = current_database())", connection.ProcessID));
        await cancelling.CommitAsync();

        (await host.WatchAsync(stage.User, run.Id))[^1].Type.ShouldBe("run.cancelled");
        run = await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None);
        (run.Status, run.Answer, run.Waiting).ShouldBe((RunStatus.Cancelled, "answer 1", null));
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_deadline_ends_a_run_that_waits()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(6, 7)));
        var run = await WaitingAsync(host, FromSecond with { DeadlineSeconds = 3600 });
        (await stage.Database.ScalarAsync<bool>(
            "select j.run_at = r.deadline_at from jobs j join workflow_runs r on r.id::text = j.unique_key where r.id = $1", run.Id)).ShouldBeTrue();

        // An hour later.
        await stage.Database.ExecuteAsync("update workflow_runs set deadline_at = now() where id = $1", run.Id);
        await stage.Database.ExecuteAsync("update jobs set run_at = now() where unique_key = $1", run.Id.ToString());
        await stage.Database.ExecuteAsync("select pg_notify('job_available', 'run')");

        await host.WatchAsync(stage.User, run.Id);
        run = await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None);
        (run.Status, run.TerminationReason, run.Answer).ShouldBe((RunStatus.Succeeded, TerminationReason.Deadline, "answer 1"));
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Theory]
    [InlineData("update conversations set approve_from_iteration = 2 where id = $1", 2)]
    [InlineData("update workflows set settings = '{\"approve_from_iteration\": 3}' where $1::uuid is not null", 3)]
    [InlineData("update organizations set settings = '{\"approve_from_iteration\": 4}' where $1::uuid is not null", 4)]
    public async Task What_the_run_does_not_say_the_conversation_says_else_workflow_and_organization(string setting, int from)
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var conversation = await stage.ConversationAsync();
        await stage.Database.ExecuteAsync(setting, conversation);
        try
        {
            var run = await idle.Runs.CreateAsync(stage.User, conversation, "Why?", null, CancellationToken.None);
            run.ApproveFromIteration.ShouldBe(from);
            (await idle.Runs.GetAsync(stage.User, run.Id, CancellationToken.None)).ApproveFromIteration.ShouldBe(from);
            await stage.EndAsync(idle, run);
        }
        finally
        {
            await stage.Database.ExecuteAsync("update workflows set settings = '{}'");
            await stage.Database.ExecuteAsync("update organizations set settings = '{}'");
        }
    }

    [Fact]
    public async Task A_limit_of_cost_needs_prices()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, new FakeModel(FakeModel.Good(6)).Models, worker: false);
        var options = RunStage.Unpriced(new RunOptions { ApproveAboveUsd = 1 });
        var refused = await Should.ThrowAsync<OvermindException>(
            async () => await idle.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", options, CancellationToken.None));
        (refused.Code, refused.Param).ShouldBe((ErrorCode.CostCapUnpriced, "approve_above_usd"));
    }

    async Task<Run> WaitingAsync(RunHost host, RunOptions options)
    {
        var run = await host.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", options, CancellationToken.None);
        await foreach (var e in host.Runs.EventsAsync(stage.User, run.Id, -1, CancellationToken.None))
            if (e.Type == "run.waiting") break;
        return await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None);
    }

    Task<string> JobAsync(Run run) => stage.Database.ScalarAsync<string>(
        "select concat_ws(' ', status, case when lease_token is null then 'true' end, run_at) from jobs where unique_key = $1", run.Id.ToString());

    static async IAsyncEnumerable<string> After(Task moment, string text)
    {
        await moment;
        yield return text;
    }
}
