using Npgsql;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Budgets;

namespace Overmind.Agents;

/// <summary>The SQL of replays. What a worker writes carries its lease: an older one changes nothing.</summary>
public sealed class ReplayStore(Database database)
{
    /// <summary>Writes a replay and the job that makes it.</summary>
    internal async Task CreateAsync(Claims claims, Guid id, Guid stepId, ModelReference model, double temperature, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new("insert into step_replays (id, step_id, provider, model, temperature) values ($1, $2, $3, $4, $5)",
                    id, stepId, model.Provider, model.Model, temperature),
                ReplayJob.Insert(id, claims),
            ],
            cancellationToken);
        await results.CompleteAsync();
    }

    /// <summary>Null when the caller sees no such replay.</summary>
    internal async Task<StepReplay?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        (await database.FindAsync<StepReplayRow>(claims, $"{StepReplayRow.Select} where id = $1", [id], cancellationToken))?.ToReplay();

    /// <summary>The replays of a step, by id; with one row more than the page's limit when there are more.</summary>
    internal async Task<IReadOnlyList<StepReplay>> ListAsync(Claims claims, Guid stepId, PageRequest page, CancellationToken cancellationToken)
    {
        var (comparison, direction) = page.ReadsUpwards ? (">", "asc") : ("<", "desc");
        List<object?> parameters = [stepId, page.Cursor, page.Limit + 1];
        var rows = await database.ListAsync<StepReplayRow>(
            claims,
            $"""
            {StepReplayRow.Select}
            where step_id = $1 and ($2::uuid is null or id {comparison} $2){CreatedRange.And(page.CreatedAt, parameters)}
            order by id {direction}
            limit $3
            """,
            [.. parameters], cancellationToken);
        return [.. rows.Select(r => r.ToReplay())];
    }

    internal async Task<StepReplayRow?> FindRowAsync(Job job, CancellationToken cancellationToken) => await database.FindAsync<StepReplayRow>(
        ReplayJob.Claims(job), $"{StepReplayRow.Select} where id = $1", [ReplayJob.ReplayId(job)], cancellationToken);

    /// <summary>
    /// Takes a replay for the job's claim: its next attempt begins, with a ledger row of its own, and what lost workers left reserved is settled.
    /// False when it has ended or is another's. Where a budget does not let the call be made, the attempt is none, and the replay waits.
    /// </summary>
    /// <param name="replay">As read before.</param>
    /// <param name="orphaned">What each lost attempt counts for.</param>
    internal async Task<(bool Taken, BudgetBlock? Block)> TakeAsync(
        Job job, StepReplayRow replay, Guid conversationId, long promptTokens, int maxTokens, CallUsage orphaned, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            ReplayJob.Claims(job),
            [
                new(
                    """
                    update step_replays
                    set status = 'running', attempt = attempt + 1, lease_token = $2
                    where id = $1 and status in ('queued', 'running') and lease_token < $2 and attempt = $3
                    returning id
                    """,
                    replay.Id, job.LeaseToken, replay.Attempt),
                new(
                    $"""
                    insert into token_usage (id, conversation_id, attempt, provider, model, workflow_key, api_key_id, trace_id, is_scheduled, metadata)
                    select
                        $1, $2, s.attempt, s.provider, s.model, w.key, s.api_key_id, s.trace_id, s.is_scheduled,
                        jsonb_build_object('replay_id', s.id, 'estimated_tokens_input', $5::bigint, 'max_output_tokens', $6::integer)
                    from step_replays s
                    join workflow_runs r on r.id = s.run_id
                    left join workflows w on w.id = r.workflow_id
                    where s.id = $3 and s.lease_token = $4
                    on conflict do nothing
                    returning status, {BudgetBlockRow.Columns}
                    """,
                    LedgerIds.Of(replay.Id, replay.Attempt + 1), conversationId, replay.Id, job.LeaseToken, promptTokens, maxTokens),
                .. SettleLost(replay, orphaned),
            ],
            cancellationToken);
        var taken = await results.FindAsync<Guid?>() is not null;
        var block = await results.FindAsync(row => BudgetBlockRow.Read(row, 1));
        await results.CompleteAsync();
        return (taken, block);
    }

    /// <summary>Lets a replay wait whose call a budget did not let be made, as if this attempt had not begun.</summary>
    internal async Task PutBackAsync(Job job, StepReplayRow replay, CancellationToken cancellationToken) => await database.ExecuteAsync(
        ReplayJob.Claims(job), "update step_replays set status = 'queued', attempt = attempt - 1 where id = $1 and lease_token = $2 and status = 'running'",
        [replay.Id, job.LeaseToken], cancellationToken);

    /// <summary>Records how the call came out, and ends replay and job with it. Nothing is written when the replay is another worker's.</summary>
    /// <param name="replay">As read before it was taken.</param>
    /// <param name="orphaned">What each lost attempt counted for.</param>
    internal async Task RecordAsync(
        Job job, StepReplayRow replay, ReplayOutcome outcome, CallUsage usage, CallUsage orphaned, CancellationToken cancellationToken)
    {
        try
        {
            await using var results = await database.SendAsync(
                ReplayJob.Claims(job),
                [
                    End(job, replay, outcome, usage, orphaned, "lease_token = $2 and status = 'running'"),
                    RunStatements.Settle([(LedgerIds.Of(replay.Id, replay.Attempt + 1), usage)]),
                    // Fails, and with it the whole, when the lease is another's.
                    JobStore.Complete(job),
                ],
                cancellationToken);
            await results.CompleteAsync();
        }
        catch (PostgresException e) when (e.SqlState == RunWorkStore.FencedOff)
        {
            // Another worker has it.
        }
    }

    /// <summary>Ends a replay that could not be made; its job is the worker's to end.</summary>
    internal async Task GiveUpAsync(Job job, StepReplayRow replay, ReplayOutcome outcome, CallUsage orphaned, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            ReplayJob.Claims(job),
            [End(job, replay, outcome, CallUsage.Nothing, orphaned, "lease_token <= $2 and status in ('queued', 'running')"), .. SettleLost(replay, orphaned)],
            cancellationToken);
        await results.CompleteAsync();
    }

    static Statement End(Job job, StepReplayRow replay, ReplayOutcome outcome, CallUsage usage, CallUsage orphaned, string fence) => new(
        $"""
        update step_replays
        set status = $3, output = $4::text, error_message = $5::text, score = $6::double precision, tokens_input = $7, tokens_output = $8,
            cost_usd = $9::numeric, is_estimated = $10, latency_ms = $11::integer, completed_at = clock_timestamp()
        where id = $1 and {fence}
        """,
        replay.Id, job.LeaseToken, LowerSnake.Write(outcome.Status), outcome.Output, outcome.ErrorMessage, outcome.Score,
        usage.Counts.Input + (replay.Attempt * orphaned.Counts.Input), usage.Counts.Output + (replay.Attempt * orphaned.Counts.Output),
        usage.CostUsd + (replay.Attempt * orphaned.CostUsd), usage.IsEstimated || replay.Attempt > 0, usage.LatencyMs);

    static IReadOnlyList<Statement> SettleLost(StepReplayRow replay, CallUsage orphaned) => replay.Attempt == 0
        ? []
        : [RunStatements.Settle([.. Enumerable.Range(1, replay.Attempt).Select(attempt => (LedgerIds.Of(replay.Id, attempt), orphaned))])];
}
