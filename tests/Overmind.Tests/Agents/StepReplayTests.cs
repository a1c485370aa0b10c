using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

public class StepReplayTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task A_replay_makes_the_very_call_again_and_changes_nothing_in_the_run()
    {
        var model = new FakeModel(FakeModel.Good(6, 9.5));
        var (run, _) = await stage.AskAsync(model);
        await using var host = await stage.HostAsync(model);
        var step = (await host.Runs.StepsAsync(stage.User, run.Id, CancellationToken.None)).Single(s => s.StepKey == "2/agent:creative");
        var asked = model.Calls.Where(c => c.Part == "creative").ElementAt(1);
        var before = await VersionsAsync(run);

        var replay = await EndedAsync(host, await CreateAsync(host, run, step, FakeModel.Unpriced, 0));

        (replay.Status, replay.Output, replay.Provider, replay.Temperature, replay.CostUsd, replay.TokensInput, replay.TokensOutput)
            .ShouldBe((ReplayStatus.Succeeded, "1. creative\n2. of 3\n3. three\n4. four", "unpriced", 0, null, 100, 20));
        replay.RequestedBy.ShouldBe(stage.User.UserId);
        model.Calls.Last().Prompt.ShouldBe(asked.Prompt);
        (await VersionsAsync(run)).ShouldBe(before);
        (await LedgerAsync(replay)).ShouldBe("settled 100 20");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_replayed_inspection_has_its_score_and_a_broken_answer_its_reason()
    {
        var model = new FakeModel(FakeModel.Good(9.5, 4.5));
        var (run, _) = await stage.AskAsync(model);
        await using var host = await stage.HostAsync(model);
        var steps = (await host.Runs.StepsAsync(stage.User, run.Id, CancellationToken.None)).ToDictionary(s => s.StepKey);
        (await EndedAsync(host, await CreateAsync(host, run, steps["1/inspect"]))).Score.ShouldBe(4.5);

        model.Answer = (_, _) => new[] { "One line." }.ToAsyncEnumerable();
        var broken = await EndedAsync(host, await CreateAsync(host, run, steps["1/agent:boundary"]));
        (broken.Status, broken.Output).ShouldBe((ReplayStatus.Failed, "One line."));
        broken.ErrorMessage!.ShouldContain("exactly four lines");

        model.Answer = (_, _) => throw new InvalidOperationException("It is down.");
        var failed = await EndedAsync(host, await CreateAsync(host, run, steps["1/observe"]));
        (failed.Status, failed.Output, failed.ErrorMessage).ShouldBe((ReplayStatus.Failed, null, "offline/offline failed: It is down."));
        (await LedgerAsync(failed)).ShouldBe("settled 0 0");
    }

    [Fact]
    public async Task A_replay_whose_worker_was_lost_is_made_again_and_both_calls_are_in_the_ledger()
    {
        var model = new FakeModel(FakeModel.Good(9.5));
        var (run, _) = await stage.AskAsync(model);
        StepReplay replay;
        await using (var idle = await RunHost.StartAsync(stage.Database, model.Models, worker: false))
        {
            var step = (await idle.Runs.StepsAsync(stage.User, run.Id, CancellationToken.None)).Single(s => s.StepKey == "1/observe");
            replay = await CreateAsync(idle, run, step);
        }

        // A worker that took it, made the call and died: the lock 4711 is nobody's.
        await stage.Database.ExecuteAsync("select overmind.claim_jobs('{step_replay}', 'dead', 4711, 100, '1 hour')");
        await stage.Database.ExecuteAsync("update step_replays set status = 'running', attempt = 1, lease_token = 1 where id = $1", replay.Id);
        await stage.Database.ExecuteAsync(
            "insert into token_usage (organization_id, id, user_id, provider, model, metadata) values ($1, $2, $3, 'offline', 'offline', jsonb_build_object('replay_id', $4::uuid))",
            stage.User.OrganizationId!.Value, LedgerIds.Of(replay.Id, 1), stage.User.UserId!.Value, replay.Id);

        await using var host = await stage.HostAsync(model);
        replay = await EndedAsync(host, replay);

        (replay.Status, replay.IsEstimated).ShouldBe((ReplayStatus.Succeeded, true));
        (await stage.Database.ScalarAsync<string>(
            "select concat_ws(' ', count(*), sum(tokens_input), sum(tokens_output), string_agg(distinct status, ',')) from token_usage where metadata ->> 'replay_id' = $1", replay.Id.ToString()))
            .ShouldBe($"2 {replay.TokensInput} {replay.TokensOutput} settled");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_refused_with_the_reason()
    {
        var model = new FakeModel(FakeModel.Good(9.5));
        var (run, _) = await stage.AskAsync(model);
        await using var idle = await RunHost.StartAsync(stage.Database, model.Models, worker: false);
        var step = (await idle.Runs.StepsAsync(stage.User, run.Id, CancellationToken.None))[0];

        (await RefusedAsync(() => CreateAsync(idle, run, step with { Id = Guid.CreateVersion7() }))).Code.ShouldBe(ErrorCode.StepNotFound);
        (await RefusedAsync(() => CreateAsync(idle, run with { Id = Guid.CreateVersion7() }, step))).Code.ShouldBe(ErrorCode.StepNotFound);
        (await RefusedAsync(() => CreateAsync(idle, run, step, new ModelReference("nobody", "model")))).Code.ShouldBe(ErrorCode.ModelUnavailable);
        (await RefusedAsync(() => CreateAsync(idle, run, step, temperature: 2.1))).Param.ShouldBe("temperature");
        (await RefusedAsync(() => Replays(idle).CreateAsync(
            stage.Tenant.OtherUser, run.Id, step.Id, ModelReference.Offline, null, Guid.CreateVersion7(), CancellationToken.None))).Code.ShouldBe(ErrorCode.StepNotFound);
        (await RefusedAsync(() => Replays(idle).ListAsync(stage.Tenant.OtherUser, run.Id, step.Id, PageRequest.First, CancellationToken.None)))
            .Code.ShouldBe(ErrorCode.StepNotFound);
    }

    static Task<OvermindException> RefusedAsync(Func<Task> call) => Should.ThrowAsync<OvermindException>(call);

    static ReplayService Replays(RunHost host) => host.Services.GetRequiredService<ReplayService>();

    Task<StepReplay> CreateAsync(RunHost host, Run run, RunStep step, ModelReference? model = null, double? temperature = null) =>
        Replays(host).CreateAsync(stage.User, run.Id, step.Id, model ?? ModelReference.Offline, temperature, Guid.CreateVersion7(), CancellationToken.None);

    async Task<StepReplay> EndedAsync(RunHost host, StepReplay replay)
    {
        await Poll.UntilAsync(async () => (await ReadAsync(host, replay)).CompletedAt is not null);
        return await ReadAsync(host, replay);
    }

    async Task<StepReplay> ReadAsync(RunHost host, StepReplay replay) =>
        (await Replays(host).ListAsync(stage.User, replay.RunId, replay.StepId, PageRequest.First, CancellationToken.None)).Items.Single(r => r.Id == replay.Id);

    Task<string> LedgerAsync(StepReplay replay) => stage.Database.ScalarAsync<string>(
        "select string_agg(concat_ws(' ', status, tokens_input, tokens_output), ',') from token_usage where metadata ->> 'replay_id' = $1", replay.Id.ToString());

    Task<string> VersionsAsync(Run run) => stage.Database.ScalarAsync<string>(
        """
        select concat_ws(' ',
            (select xmin from workflow_runs where id = $1),
            (select string_agg(xmin::text, ',' order by id) from run_steps where run_id = $1),
            (select count(*) from run_events where run_id = $1))
        """, run.Id);
}
