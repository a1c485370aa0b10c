using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Overmind.Agents;
using Overmind.Errors;
using static Overmind.Tests.Agents.AuthoringStage;

namespace Overmind.Tests.Agents;

/// <summary>What runs make of agents and workflows that members change meanwhile.</summary>
public class WorkflowRunTests(AuthoringStage stage) : IClassFixture<AuthoringStage>
{
    [Fact]
    public async Task A_draft_is_tried_by_its_version_and_is_frozen_then()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var workflow = await stage.WorkflowAsync(stage.First.User, "creative");
        await stage.DraftAsync(stage.First.User, workflow.Key, new WorkflowPatch { Agents = ["decision"] });

        (await AskAsync(idle, workflow.Key)).Workflow.Version.ShouldBe(1);
        (await AskAsync(idle, $"{workflow.Key}@2")).Workflow.Version.ShouldBe(2);

        (await stage.Workflows.GetAsync(stage.First.User, workflow.Key, 2, default)).FrozenAt.ShouldNotBeNull();
        await RefusedAsync(ErrorCode.VersionFrozen, () => stage.Workflows.UpdateAsync(
            stage.First.User, workflow.Key, 2, new WorkflowPatch { Agents = ["creative"] }, null, default));
        await RefusedAsync(ErrorCode.WorkflowNotFound, () => AskAsync(idle, $"{workflow.Key}@3"), "workflow");
        await RefusedAsync(ErrorCode.InvalidValue, () => AskAsync(idle, $"{workflow.Key}@two"), "workflow");
        await EndAsync(idle);
    }

    [Fact]
    public async Task A_run_is_not_changed_by_any_edit()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var agent = await stage.AgentAsync(stage.First.User);
        var workflow = await stage.WorkflowAsync(stage.First.User, agent.Key);
        var run = await AskAsync(idle, workflow.Key);
        var before = await SnapshotAsync();

        await stage.Agents.UpdateAsync(stage.First.User, agent.Id, new AgentPatch { Backstory = "Changed.", IsActive = false }, null, default);
        await stage.Workflows.DeleteAsync(stage.First.User, workflow.Key, default);
        await stage.Agents.DeleteAsync(stage.First.User, agent.Id, default);

        (await SnapshotAsync()).ShouldBe(before);
        before.ShouldContain(agent.Backstory);
        await EndAsync(idle);

        Task<string> SnapshotAsync() => stage.Database.ScalarAsync<string>("select snapshot::text from workflow_runs where id = $1", run.Id);
    }

    [Fact]
    public async Task A_difference_shows_what_agents_said_when_each_version_was_last_run()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var agent = await stage.AgentAsync(stage.First.User);
        var workflow = await stage.WorkflowAsync(stage.First.User, agent.Key);
        await AskAsync(idle, workflow.Key);
        await stage.DraftAsync(stage.First.User, workflow.Key);
        await stage.Agents.UpdateAsync(stage.First.User, agent.Id, new AgentPatch { Goal = "Make it longer." }, null, default);
        await AskAsync(idle, $"{workflow.Key}@2");

        var diff = await stage.Workflows.DiffAsync(stage.First.User, workflow.Key, 1, 2, default);

        var change = diff.AgentChanges.ShouldHaveSingleItem();
        (change.Key, change.Field, change.To.ToString()).ShouldBe((agent.Key, "goal", "\"Make it longer.\""));

        await stage.Database.ScalarAsync<Guid>(
            """
            update workflow_runs set snapshot = jsonb_set(snapshot, '{agents,0,model}', '{"provider": "house", "model": "small/1"}')
            where workflow_id = $1 returning id
            """,
            workflow.Id);
        var model = (await stage.Workflows.DiffAsync(stage.First.User, workflow.Key, 1, 2, default)).AgentChanges.Single(c => c.Field == "model");
        (model.From.ToString(), model.To.ToString()).ShouldBe(("\"house/small/1\"", "\"offline/offline\""));
        await EndAsync(idle);
    }

    [Fact]
    public async Task Runs_that_end_together_do_not_wait_for_each_other()
    {
        await using var first = await stage.Database.Owner.OpenConnectionAsync();
        await using var second = await stage.Database.Owner.OpenConnectionAsync();
        var workflow = await stage.WorkflowAsync(stage.First.User);
        var count =
            $"""
            begin;
            set local lock_timeout = '1ms';
            set local app.current_org_id = '{stage.First.OrganizationId}';
            select overmind.count_run('{workflow.Id}', (select array_agg(id) from agent_configurations), 1, 9);
            """;

        await using (var counting = new NpgsqlCommand(count, first)) await counting.ExecuteNonQueryAsync();
        await using (var counting = new NpgsqlCommand(count + "rollback", second)) await counting.ExecuteNonQueryAsync();
        await using (var ending = new NpgsqlCommand("rollback", first)) await ending.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task Uses_and_qualities_are_what_a_recount_of_the_runs_finds_and_an_edit_is_not_refused_for_them()
    {
        await using var host = await RunHost.StartAsync(stage.Database);
        var workflow = await stage.WorkflowAsync(stage.First.User, "creative", "decision", "boundary");
        var agent = (await stage.Agents.ListAsync(stage.First.User, PageRequest.First, new AgentFilter { Key = "creative" }, default)).Items.Single();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            var run = await AskAsync(host, i % 2 == 0 ? workflow.Key : InstallationDefaults.Workflow);
            await host.WatchAsync(stage.First.User, run.Id);
            // While others end.
            await stage.Database.ExecuteAsync("select overmind.fold_run_uses()");
        }));
        await stage.Database.CountRunUsesAsync();

        (await stage.Database.ScalarAsync<string>(
            """
            select coalesce(string_agg(a.key, ', '), 'all right')
            from agent_configurations a
            cross join lateral (
                select
                    count(*) as uses, sum(r.best_score::numeric) filter (where r.status = 'succeeded') as total,
                    count(r.best_score) filter (where r.status = 'succeeded') as scored
                from workflow_runs r
                where r.organization_id = a.organization_id
                  and r.completed_at is not null
                  and r.snapshot -> 'agents' @> jsonb_build_array(jsonb_build_object('id', a.id))) f
            where (a.usage_count, a.quality_sum, a.quality_count) is distinct from (f.uses, coalesce(f.total, 0), f.scored)
               or a.avg_quality_score is distinct from (f.total / nullif(f.scored, 0))::double precision
            """)).ShouldBe("all right");
        (await stage.Database.ScalarAsync<bool>(
            """
            select bool_and(w.usage_count = (select count(*) from workflow_runs r where r.workflow_id = w.id and r.completed_at is not null))
            from workflows w
            """)).ShouldBeTrue();
        var counted = await stage.Agents.GetAsync(stage.First.User, agent.Id, default);
        counted.UsageCount.ShouldBeGreaterThanOrEqualTo(6);
        counted.UpdatedAt.ShouldBe(agent.UpdatedAt);
    }

    /// <summary>Ends what no worker took up, so that none of a later test does.</summary>
    async Task EndAsync(RunHost idle)
    {
        foreach (var run in (await idle.Runs.ListAsync(stage.First.User, null, RunStatus.Queued, PageRequest.First, default)).Items)
            await idle.Runs.CancelAsync(stage.First.User, run.Id, default);
    }

    async Task<Run> AskAsync(RunHost host, string workflow)
    {
        var conversation = await stage.Database.Database.FindAsync<Guid>(
            stage.First.User, "insert into conversations default values returning id", [], CancellationToken.None);
        return await host.Runs.CreateAsync(
            stage.First.User, conversation, "Why is the sky blue?", new RunOptions { Workflow = workflow, MaxN2Iterations = 1 }, CancellationToken.None);
    }
}
