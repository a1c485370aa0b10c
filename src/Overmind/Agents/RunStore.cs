using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The SQL of runs, as their callers see them; how they begin is in <see cref="RunStartStore"/>, what a worker writes in <see cref="RunWorkStore"/>.</summary>
public sealed class RunStore(Database database)
{
    /// <summary>How many tokens the window of a conversation takes; 0 when the caller sees no such conversation.</summary>
    internal Task<long> ContextSizeAsync(Claims claims, Guid conversationId, CancellationToken cancellationToken) =>
        database.FindAsync<long>(claims, "select overmind.context_size(id) from conversations where id = $1", [conversationId], cancellationToken);

    /// <summary>The question that a message is, or answers; null when the caller sees no such message in the conversation.</summary>
    internal Task<AskedQuestion?> FindQuestionAsync(Claims claims, Guid conversationId, Guid messageId, CancellationToken cancellationToken) =>
        database.FindAsync<AskedQuestion>(
            claims,
            """
            select
                m.role, m.branch, m.seq, q.id as question_id, q.branch as question_branch, q.seq as question_seq, q.content as question,
                case when q.content_parts ->> 'type' = 'multimodal' then q.content_parts::text end as question_parts,
                coalesce(q.moderation_status = 'blocked' or q.moderation_status = 'pending' and not overmind.pending_reaches_models(o.settings), false) as is_blocked
            from messages m
            join conversations c on (c.organization_id, c.id) = (m.organization_id, m.conversation_id)
            join organizations o on o.id = m.organization_id
            left join workflow_runs r on (r.organization_id, r.id) = (m.organization_id, m.run_id)
            left join lateral (
                select u.id
                from overmind.branch_segments(m.organization_id, m.conversation_id, m.branch, m.seq) as s
                cross join lateral (
                    select u.id, u.seq
                    from messages u
                    where u.conversation_id = m.conversation_id
                    and u.branch = s.branch
                    and u.seq > s.after_seq
                    and u.seq <= s.until_seq
                    and u.role = 'user'
                    and u.deleted_at is null
                    order by u.seq desc
                    limit 1
                ) as u
                order by u.seq desc
                limit 1
            ) as latest on true
            left join messages q
                on q.organization_id = m.organization_id
                and q.id = case when m.role = 'assistant' then coalesce(r.question_message_id, latest.id) when m.role = 'user' then m.id end
                and q.deleted_at is null
            where m.conversation_id = $1
            and m.id = $2
            and m.deleted_at is null
            and c.deleted_at is null
            """,
            [conversationId, messageId], cancellationToken);

    /// <summary>Null when the caller sees no such run.</summary>
    internal async Task<Run?> FindAsync(Claims claims, Guid runId, CancellationToken cancellationToken) =>
        (await database.FindAsync<RunRow>(claims, $"{RunRow.Select} where r.id = $1", [runId], cancellationToken))?.ToRun();

    /// <summary>A page, by id; with one row more than its limit when there are more.</summary>
    /// <param name="conversationId">Null for the runs of all conversations.</param>
    /// <param name="status">Null for any.</param>
    internal async Task<IReadOnlyList<Run>> ListAsync(
        Claims claims, Guid? conversationId, RunStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        var (comparison, direction) = page.ReadsUpwards ? (">", "asc") : ("<", "desc");
        List<object?> parameters = [conversationId, status is { } known ? LowerSnake.Write(known) : null, page.Cursor, page.Limit + 1];
        var rows = await database.ListAsync<RunRow>(
            claims,
            $"""
            {RunRow.Select}
            where ($1::uuid is null or r.conversation_id = $1)
                and ($2::text is null or r.status = $2)
                and ($3::uuid is null or r.id {comparison} $3){CreatedRange.And(page.CreatedAt, parameters, "r.created_at")}
            order by r.id {direction}
            limit $4
            """,
            [.. parameters], cancellationToken);
        return [.. rows.Select(r => r.ToRun())];
    }

    /// <summary>In the order they began; null when the caller sees no such run.</summary>
    internal async Task<IReadOnlyList<RunStep>?> StepsAsync(
        Claims claims, Guid runId, bool withPrompts, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new("select id from workflow_runs where id = $1", runId),
                new($"{RunStepRow.Select(withPrompts)} where run_id = $1 order by iteration, started_at, id", runId),
            ],
            cancellationToken);
        var found = await results.FindAsync<Guid?>();
        var steps = await results.ListAsync<RunStepRow>();
        return found is null ? null : [.. steps.Select(s => s.ToStep())];
    }

    /// <summary>Null when the caller sees no such step of the run.</summary>
    internal async Task<RunStep?> FindStepAsync(Claims claims, Guid runId, Guid stepId, bool withPrompt, CancellationToken cancellationToken) =>
        (await database.FindAsync<RunStepRow>(
            claims, $"{RunStepRow.Select(withPrompt)} where run_id = $1 and id = $2", [runId, stepId], cancellationToken))?.ToStep();

    /// <summary>What a run uses; null when the caller sees no such run.</summary>
    internal async Task<RunSnapshot?> SnapshotAsync(Claims claims, Guid runId, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims, [new($"{RunRow.Select} where r.id = $1", runId), new("select snapshot::text from workflow_runs where id = $1", runId)], cancellationToken);
        var run = await results.FindAsync<RunRow>();
        var snapshot = await results.FindAsync<string>();
        return snapshot is null ? null : RunSnapshotJson.Read(snapshot) with { Approvals = run!.ToRun().Approvals };
    }

    /// <summary>Approves or rejects the iteration that a run waits for; false when the caller sees none that waits for it.</summary>
    internal async Task<bool> DecideAsync(
        Claims claims, Guid runId, string decision, NewDecision given, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.FindAsync<bool>(
            claims with { DatabaseRole = DatabaseRole.ServiceRole }, "select overmind.decide_run($1, $2::integer, $3, $4::text, $5::text, $6)",
            [runId, given.Iteration, decision, given.Note, given.Directive, now.UtcDateTime], cancellationToken);

    /// <summary>Lets a run that has ended without an answer go on; nothing happens to any other, nor to one that the caller does not see.</summary>
    internal async Task RetryAsync(Claims claims, Guid runId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await database.FindAsync<Guid?>(claims, "select user_id from workflow_runs where id = $1", [runId], cancellationToken) is not { } ownerId) return;
        await using var results = await database.SendAsync(
            claims with { DatabaseRole = DatabaseRole.ServiceRole },
            [new("select overmind.retry_run($1, $2)", runId, now.UtcDateTime), RunJob.Insert(runId, ownerId)],
            cancellationToken);
        await results.CompleteAsync();
    }

    /// <summary>The run's status and its next events; null when the caller sees no such run.</summary>
    internal async Task<(RunStatus Status, IReadOnlyList<RunEvent> Events)?> EventsAsync(
        Claims claims, Guid runId, long after, int limit, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                // Before the events: a run that has ended by then has all its events written.
                new("select status from workflow_runs where id = $1", runId),
                new(
                    $"""
                    select {RunEventRow.Columns}
                    from run_events
                    where run_id = $1 and sequence_number > $2
                    order by sequence_number
                    limit $3
                    """,
                    runId, after, limit),
            ],
            cancellationToken);
        var status = await results.FindAsync(row => (RunStatus?)row.Word<RunStatus>(0));
        var events = await results.ListAsync(RunEventRow.Read);
        return status is null ? null : (status.Value, events);
    }

    /// <summary>
    /// Asks an active run to stop and tells its worker. Where no live worker has it, this node claims its job, to end it itself:
    /// then the claimed job is returned, else null.
    /// </summary>
    internal async Task<Job?> RequestCancelAsync(Claims claims, Guid runId, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims with { DatabaseRole = DatabaseRole.ServiceRole },
            [
                new(
                    """
                    update workflow_runs
                    set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
                    where id = $1 and status in ('queued', 'running', 'waiting')
                    """,
                    runId),
                new($"select {JobRow.Columns} from overmind.claim_run_job($1)", runId),
            ],
            cancellationToken);
        return (await results.FindAsync<JobRow>())?.ToJob();
    }
}
