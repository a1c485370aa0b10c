using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Testing;
using Overmind.Tests.Agents;
using Overmind.Usage.Budgets;

namespace Overmind.Tests.Usage.Budgets;

/// <summary>What becomes of runs, replays and calls of the playground when a budget does not let them call.</summary>
public sealed class BudgetRunTests(TestPostgres postgres) : IAsyncLifetime
{
    readonly RunStage _stage = new(postgres);

    public ValueTask InitializeAsync() => _stage.InitializeAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_run_waits_with_what_it_has_recorded_and_goes_on_when_the_limit_is_raised()
    {
        var model = new FakeModel(FakeModel.Good(9.5));
        await using var host = await _stage.HostAsync(model);
        // Six agents and the observation.
        var budget = await BudgetAsync(host, 7);

        var run = await AskAsync(host);
        var waiting = await WaitingAsync(host, run.Id);

        model.Calls.Count.ShouldBe(7);
        waiting.Waiting!.Reason.ShouldBe("budget_exceeded");
        (waiting.Waiting.BudgetId, waiting.Waiting.Until).ShouldBe((budget.Id, budget.Usage.PeriodEnd));
        (await JobAsync(run.Id)).ShouldBe($"blocked {budget.Id} t");
        var refused = await Should.ThrowAsync<OvermindException>(host.Runs.ApproveAsync(_stage.User, run.Id, null, default));
        refused.Code.ShouldBe(ErrorCode.RunWaitsForBudget);
        var other = await Should.ThrowAsync<OvermindException>(AskAsync(host));
        (other.Code, other.Budget!.BudgetId).ShouldBe((ErrorCode.BudgetExceeded, budget.Id));

        await Budgets(host).ChangeAsync(_stage.Tenant.Admin, budget.Id, new BudgetPatch { LimitAmount = 100 }, null, default);
        await host.WatchAsync(_stage.User, run.Id);

        (await host.Runs.GetAsync(_stage.User, run.Id, default)).Status.ShouldBe(RunStatus.Succeeded);
        // No recorded call was made twice.
        model.Calls.Count.ShouldBe(10);
        await _stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_run_goes_on_by_itself_when_the_period_turns()
    {
        await using var host = await _stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        var budget = await BudgetAsync(host, 6);
        var run = await AskAsync(host);
        await WaitingAsync(host, run.Id);

        // A month later, as the database sees it; long since counted.
        await Poll.UntilAsync(async () => await _stage.Database.ScalarAsync<bool>("select recount_after is null from budgets"));
        await _stage.Database.ExecuteAsync(
            "update budget_periods set period_end = period_start, period_start = period_start - interval '1 month' where budget_id = $1", budget.Id);
        await _stage.Database.ExecuteAsync("update jobs set run_at = clock_timestamp() where blocked_by = $1", budget.Id);
        await host.WatchAsync(_stage.User, run.Id);

        (await host.Runs.GetAsync(_stage.User, run.Id, default)).Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public async Task A_run_that_waits_for_a_budget_is_cancelled_at_once_and_ended_by_its_deadline()
    {
        await using var host = await _stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        await BudgetAsync(host, 6);
        var run = await AskAsync(host, new RunOptions { DeadlineSeconds = 3600 });
        await WaitingAsync(host, run.Id);
        (await host.Runs.CancelAsync(_stage.User, run.Id, default)).Status.ShouldBe(RunStatus.Cancelled);

        await _stage.Database.ExecuteAsync("update budgets set limit_amount = 12");
        var late = await AskAsync(host, new RunOptions { DeadlineSeconds = 3600 });
        await WaitingAsync(host, late.Id);
        (await _stage.Database.ScalarAsync<bool>(
            "select j.run_at = r.deadline_at from workflow_runs r join jobs j on j.unique_key = r.id::text where r.id = $1", late.Id)).ShouldBeTrue();
        await _stage.Database.ExecuteAsync("update workflow_runs set deadline_at = clock_timestamp() where id = $1", late.Id);
        await _stage.Database.ExecuteAsync("update jobs set run_at = clock_timestamp() where unique_key = $1", late.Id.ToString());
        await host.WatchAsync(_stage.User, late.Id);

        (await host.Runs.GetAsync(_stage.User, late.Id, default)).TerminationReason.ShouldBe(TerminationReason.Deadline);
    }

    [Fact]
    public async Task A_run_comes_again_when_calls_of_others_hold_what_is_left()
    {
        var model = new FakeModel(FakeModel.Good(9.5));
        await using var host = await _stage.HostAsync(model);
        await BudgetAsync(host, 20);
        var others = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var id in others)
            await _stage.Database.ExecuteAsync(
                "insert into token_usage (organization_id, id, user_id, provider, model) values ($1, $2, $3, 'openai', 'gpt-4o')", _stage.User.OrganizationId!, id, _stage.User.UserId!);

        var run = await AskAsync(host);
        await Poll.UntilAsync(async () => await _stage.Database.ScalarAsync<long>("select count(*) from jobs where kind = 'run' and status = 'pending' and not is_due") == 1);
        (await host.Runs.GetAsync(_stage.User, run.Id, default)).Status.ShouldBe(RunStatus.Queued);
        model.Calls.ShouldBeEmpty();

        await _stage.Database.ExecuteAsync("delete from token_usage where id = any($1)", others);
        await _stage.Database.ExecuteAsync("update jobs set run_at = clock_timestamp() where kind = 'run' and status = 'pending'");
        await host.WatchAsync(_stage.User, run.Id);

        (await host.Runs.GetAsync(_stage.User, run.Id, default)).Status.ShouldBe(RunStatus.Succeeded);
        (await _stage.Database.ScalarAsync<long>("select count(*) from budget_periods where reached_at is not null")).ShouldBe(0);
    }

    [Fact]
    public async Task Jobs_that_wait_are_blocked_when_the_limit_is_reached_and_due_when_the_budget_is_removed()
    {
        await using var idle = await RunHost.StartAsync(_stage.Database, new FakeModel(FakeModel.Good(9.5)).Models, worker: false);
        var run = await AskAsync(idle);
        await _stage.Database.ExecuteAsync(
            "insert into jobs (organization_id, user_id, kind) values ($1, $2, 'system.ping')", _stage.User.OrganizationId!, _stage.User.UserId!);
        var budget = await BudgetAsync(idle, 0);
        var kinds = new[] { "run", "step_replay" };

        (await Store(idle).MoveJobsAsync(_stage.User.OrganizationId!.Value, budget.Id, kinds, default)).ShouldBe(1);
        (await Store(idle).MoveJobsAsync(_stage.User.OrganizationId!.Value, budget.Id, kinds, default)).ShouldBe(0);
        (await JobAsync(run.Id)).ShouldBe($"blocked {budget.Id} t");
        (await _stage.Database.ScalarAsync<string>("select status from jobs where kind = 'system.ping'")).ShouldBe("pending");

        await Budgets(idle).DeleteAsync(_stage.Tenant.Admin, budget.Id, null, default);
        await using var worker = await _stage.HostAsync(new FakeModel(FakeModel.Good(9.5)));
        await worker.WatchAsync(_stage.User, run.Id);

        (await worker.Runs.GetAsync(_stage.User, run.Id, default)).Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public async Task Schedules_of_what_calls_models_are_passed_over_while_a_budget_skips_them()
    {
        await using var idle = await RunHost.StartAsync(_stage.Database, new FakeModel(FakeModel.Good(9.5)).Models, worker: false);
        await Budgets(idle).CreateAsync(
            _stage.Tenant.Admin,
            new NewBudget
            {
                Name = "nights",
                Dimension = BudgetDimension.Organization,
                Period = BudgetPeriod.Day,
                Unit = BudgetUnit.Calls,
                LimitAmount = 0,
                OnLimit = BudgetLimitAction.SkipScheduled,
            },
            default);
        foreach (var (kind, jobs) in new[] { ("digest", 0), ("ping", 1) })
        {
            var schedule = await _stage.Database.ScalarAsync<Guid>(
                "insert into schedules (organization_id, user_id, name, kind, cron, next_run_at) values ($1, $2, $3, $3, '@daily', '2025-08-15T07:00Z') returning id",
                _stage.User.OrganizationId!, _stage.User.UserId!, kind);
            (await _stage.Database.ScalarAsync<int>(
                "select overmind.fire_schedule($1, '2025-08-15T07:00Z', '2025-08-16T07:00Z', array['2025-08-15T07:00Z']::timestamptz[], array['2025-08-15T09:00:00+02:00'], '{digest}')",
                schedule)).ShouldBe(jobs, kind);
            (await _stage.Database.ScalarAsync<bool>("select next_run_at = '2025-08-16T07:00Z' from schedules where id = $1", schedule)).ShouldBeTrue();
        }

        // What nobody scheduled goes on.
        (await AskAsync(idle)).Status.ShouldBe(RunStatus.Queued);
    }

    [Fact]
    public async Task A_call_of_the_playground_that_does_not_fit_is_not_made()
    {
        var model = new FakeModel(_ => "Done.");
        await using var host = await _stage.HostAsync(model);
        var budget = await BudgetAsync(host, 0);

        var refused = await Should.ThrowAsync<OvermindException>(async () =>
        {
            await foreach (var _ in host.Services.GetRequiredService<PlaygroundService>().AskAsync(
                _stage.User, new PlaygroundCall { Prompt = "Why?", Model = ModelReference.Offline }, default))
            {
            }
        });

        (refused.Code, refused.Budget!.BudgetId, refused.Budget.Until).ShouldBe((ErrorCode.BudgetExceeded, budget.Id, budget.Usage.PeriodEnd));
        refused.RetryAfter!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        model.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_replay_waits_and_is_made_once_when_the_limit_is_raised()
    {
        var model = new FakeModel(FakeModel.Good(9.5));
        await using var host = await _stage.HostAsync(model);
        var run = await host.AskAsync(_stage.User, await _stage.ConversationAsync(), "Why?");
        var step = (await host.Runs.StepsAsync(_stage.User, run.Id, default))[0];
        var budget = await BudgetAsync(host, 11);
        // The eleventh call is another's.
        await _stage.Database.ExecuteAsync(
            "insert into token_usage (organization_id, user_id, provider, model, status, outcome, settled_at) values ($1, $2, 'openai', 'gpt-4o', 'settled', 'succeeded', now())",
            _stage.User.OrganizationId!, _stage.User.UserId!);
        var replays = host.Services.GetRequiredService<ReplayService>();

        var replay = await replays.CreateAsync(_stage.User, run.Id, step.Id, ModelReference.Offline, null, Guid.CreateVersion7(), default);
        await Poll.UntilAsync(async () => await _stage.Database.ScalarAsync<long>("select count(*) from jobs where kind = 'step_replay' and status = 'blocked'") == 1);
        (await replays.GetAsync(_stage.User, run.Id, step.Id, replay.Id, default)).Status.ShouldBe(ReplayStatus.Queued);
        await Budgets(host).ChangeAsync(_stage.Tenant.Admin, budget.Id, new BudgetPatch { LimitAmount = 100 }, null, default);

        await Poll.UntilAsync(async () => (await replays.GetAsync(_stage.User, run.Id, step.Id, replay.Id, default)).Status is ReplayStatus.Succeeded);
        var made = await replays.GetAsync(_stage.User, run.Id, step.Id, replay.Id, default);
        (made.TokensInput, made.IsEstimated).ShouldBe((100, false));
    }

    static BudgetService Budgets(RunHost host) => host.Services.GetRequiredService<BudgetService>();

    static BudgetStore Store(RunHost host) => host.Services.GetRequiredService<BudgetStore>();

    Task<Budget> BudgetAsync(RunHost host, decimal calls) => Budgets(host).CreateAsync(
        _stage.Tenant.Admin,
        new NewBudget { Name = "calls", Dimension = BudgetDimension.Organization, Period = BudgetPeriod.Month, Unit = BudgetUnit.Calls, LimitAmount = calls }, default);

    async Task<Run> AskAsync(RunHost host, RunOptions? options = null) =>
        await host.Runs.CreateAsync(_stage.User, await _stage.ConversationAsync(), "Why is the sky blue?", options, default);

    async Task<Run> WaitingAsync(RunHost host, Guid runId)
    {
        await Poll.UntilAsync(async () => (await host.Runs.GetAsync(_stage.User, runId, default)).Status is RunStatus.Waiting);
        return await host.Runs.GetAsync(_stage.User, runId, default);
    }

    Task<string> JobAsync(Guid runId) => _stage.Database.ScalarAsync<string>(
        "select concat_ws(' ', status, blocked_by, run_at = (select period_end from budget_periods)) from jobs where unique_key = $1", runId.ToString());
}
