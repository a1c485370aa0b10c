using Overmind.Agents;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

/// <summary>A database with one organization, for the tests of a class: they run one after the other, each with nodes of its own.</summary>
public sealed class RunStage(TestPostgres postgres) : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    public TestTenant Tenant { get; private set; } = null!;

    public Claims User => Tenant.User;

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CreateDatabaseAsync();
        Tenant = await TestTenant.CreateAsync(Database, "acme");
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    public async Task<Guid> ConversationAsync(Claims? claims = null, string values = "")
    {
        var id = Guid.CreateVersion7();
        await Database.Database.ExecuteAsync(claims ?? User, "insert into conversations (id) values ($1)", [id], CancellationToken.None);
        if (values.Length > 0) await Database.ExecuteAsync($"update conversations set {values} where id = $1", id);
        return id;
    }

    /// <summary>A node with a model that answers as the function says.</summary>
    public Task<RunHost> HostAsync(FakeModel model, TimeProvider? time = null) => RunHost.StartAsync(Database, model.Models, time: time);

    /// <summary>One question in a conversation of its own, answered by a node of its own.</summary>
    /// <param name="time">A clock that stands still makes every answer one that comes at once, on a busy machine too.</param>
    public async Task<(Run Run, IReadOnlyList<RunEvent> Events)> AskAsync(
        FakeModel model, RunOptions? options = null, Guid? conversation = null, TimeProvider? time = null)
    {
        await using var host = await HostAsync(model, time);
        var run = await host.Runs.CreateAsync(User, conversation ?? await ConversationAsync(), "Why is the sky blue?", options, CancellationToken.None);
        var events = await host.WatchAsync(User, run.Id);
        return (await host.Runs.GetAsync(User, run.Id, CancellationToken.None), events);
    }

    /// <summary>Ends a run that no worker took up, so that none of a later test does.</summary>
    public Task EndAsync(RunHost idle, Run run) => idle.Runs.CancelAsync(User, run.Id, CancellationToken.None);

    /// <summary>What holds for each run that has ended, whatever happened on the way.</summary>
    public async Task ShouldAddUpAsync(Guid runId)
    {
        (await Database.ScalarAsync<string>(
            """
            select concat_ws(', ',
                case when (r.tokens_input, r.tokens_output, r.cost_usd) is distinct from (l.tokens_input, l.tokens_output, l.cost) then 'run <> ledger' end,
                case when (s.tokens_input, s.tokens_output, s.cost_usd) is distinct from (l.tokens_input, l.tokens_output, l.cost) then 'steps <> ledger' end,
                case when l.reserved > 0 then 'reserved rows left' end,
                case when l.attempts <> s.attempts then 'attempts <> ledger rows' end,
                case when s.running > 0 then 'steps left running' end,
                case when e.deltas > 0 then 'deltas left' end,
                case when e.last <> r.last_sequence or e.first <> 0 then 'first or last event missing' end,
                case when e.last_type <> 'run.' || r.status then 'last event is ' || e.last_type end,
                case when j.status not in ('completed', 'failed') then 'job is ' || j.status end,
                case when (r.status = 'succeeded') <> (m.id is not null) then 'answer message missing or too many' end)
            from workflow_runs r
            cross join lateral (
                select
                    coalesce(sum(tokens_input), 0)::bigint as tokens_input, coalesce(sum(tokens_output), 0)::bigint as tokens_output,
                    case when bool_and(cost is not null) is not false then coalesce(sum(cost), 0) end as cost,
                    count(*) filter (where status = 'reserved') as reserved, count(*) as attempts
                from token_usage where run_id = r.id) l
            cross join lateral (
                select
                    coalesce(sum(tokens_input), 0)::bigint as tokens_input, coalesce(sum(tokens_output), 0)::bigint as tokens_output,
                    case when bool_and(cost_usd is not null) is not false then coalesce(sum(cost_usd), 0) end as cost_usd,
                    coalesce(sum(attempt), 0) as attempts, count(*) filter (where status = 'running') as running
                from run_steps where run_id = r.id) s
            cross join lateral (
                select
                    count(*) filter (where type = 'step.delta') as deltas, min(sequence_number) as first, max(sequence_number) as last,
                    (array_agg(type order by sequence_number desc))[1] as last_type
                from run_events where run_id = r.id) e
            left join jobs j on j.unique_key = r.id::text
            left join messages m on m.run_id = r.id and m.role = 'assistant'
            where r.id = $1
            """, runId)).ShouldBe("");
    }

    public static RunOptions Priced(RunOptions? options = null) =>
        (options ?? new RunOptions()) with { AgentModel = FakeModel.Priced, SynthesisModel = FakeModel.Priced, JudgeModel = FakeModel.Priced };

    public static RunOptions Unpriced(RunOptions? options = null) =>
        (options ?? new RunOptions()) with { AgentModel = FakeModel.Unpriced, SynthesisModel = FakeModel.Unpriced, JudgeModel = FakeModel.Unpriced };
}
