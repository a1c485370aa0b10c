using System.Diagnostics;
using Overmind.Conversations.Vectors;
using Overmind.Jobs;
using Overmind.Models;
using Overmind.Models.Tokens;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The SQL of runs, as their callers see them; what a worker writes is in <see cref="RunWorkStore"/>.</summary>
public sealed class RunStore(Database database)
{
    const string ChosenWorkflow = """
        w.deleted_at is null
        and case when $4::integer is null then w.is_active else w.version = $4 end
        and w.key = coalesce(
            $2::text,
            (select chosen.key from conversations c join workflows chosen on (chosen.organization_id, chosen.id) = (c.organization_id, c.workflow_id)
             where c.id = $1),
            $3)
        """;

    /// <summary>What a run of this conversation would be made from.</summary>
    /// <param name="workflow">Null for the conversation's, else the installation's.</param>
    /// <param name="before">The message before which its history ends; null for the end of the active branch.</param>
    /// <param name="reservedTokens">What is attached to the question takes so much of the window.</param>
    internal async Task<RunSources> SourcesAsync(
        Claims claims, Guid conversationId, WorkflowName? workflow, BranchPoint? before, CancellationToken cancellationToken, int reservedTokens = 0)
    {
        var started = Stopwatch.GetTimestamp();
        var until = before is null ? long.MaxValue : before.Seq - 1;
        await using var results = await database.SendAsync(
            claims,
            [
                new(
                    """
                    select id, user_id, quality_threshold, max_n2_iterations, cost_cap_usd, approve_from_iteration, approve_above_usd, model_provider, model_name,
                        active_branch, visibility, project_id
                    from conversations
                    where id = $1 and deleted_at is null
                    """,
                    conversationId),
                new(
                    $"""
                    select
                        id, key, version, name, execution_mode, quality_threshold, max_n2_iterations, cost_cap_usd, deadline_seconds,
                        synthesis_provider, synthesis_model, judge_provider, judge_model, settings::text as settings
                    from workflows w
                    where {ChosenWorkflow}
                    """,
                    conversationId, Parameter.Text(workflow?.Key), InstallationDefaults.Workflow, Parameter.Integer(workflow?.Version)),
                new(
                    $"""
                    select
                        a.id, a.key, a.name, a.role, a.goal, a.backstory, a.output_format, a.output_schema::text, a.llm_provider,
                        a.llm_model, a.temperature, a.max_tokens, a.allow_delegation, a.verbose
                    from workflows w
                    join workflow_agents wa on (wa.organization_id, wa.workflow_id) = (w.organization_id, w.id)
                    join agent_configurations a on (a.organization_id, a.id) = (wa.organization_id, wa.agent_id)
                    where {ChosenWorkflow} and a.is_active and a.deleted_at is null
                    order by wa.position
                    """,
                    conversationId, Parameter.Text(workflow?.Key), InstallationDefaults.Workflow, Parameter.Integer(workflow?.Version)),
                new("select settings::text from organizations where id = overmind.org_id()"),
                // The window of the branch, as far as it fits: what stays always, then the newest.
                new(
                    """
                    select m.id, m.role, m.content, case when m.content_parts ->> 'type' = 'multimodal' then m.content_parts::text end as content_parts, w.tokens, w.pinned, w.always, w.held_messages
                    from conversations c
                    cross join lateral (select coalesce($2, c.active_branch) as number) as b
                    cross join lateral (select floor(c.prune_margin_ratio * overmind.context_size(c.id)) - $4 as tokens offset 0) as size
                    left join context_windows x
                        on (x.organization_id, x.conversation_id, x.branch) = (c.organization_id, c.id, b.number) and x.after_seq <= $3
                    cross join lateral (
                        select
                            held.id, held.seq, held.tokens, held.pinned, held.always, count(*) over () as held_messages,
                            coalesce(x.summary_tokens, 0) + sum(held.tokens) over (order by held.always desc, held.seq desc) as taken
                        from (
                            select h.*, h.role = 'system' or h.pinned as always
                            from overmind.window_messages(c.organization_id, c.id, b.number, $3) as h) as held) as w
                    join messages m on (m.organization_id, m.id) = (c.organization_id, w.id)
                    join organizations o on o.id = c.organization_id
                    where c.id = $1
                    and (m.moderation_status is distinct from 'pending' or overmind.pending_reaches_models(o.settings))
                    and (w.always or w.taken <= size.tokens)
                    order by w.seq
                    """,
                    conversationId, Parameter.Integer(before?.Branch), until, reservedTokens),
                new(
                    """
                    select x.after_seq > 0, x.summary, x.summary_tokens, x.summary_from_seq, x.summary_until_seq
                    from conversations c
                    join context_windows x
                        on (x.organization_id, x.conversation_id, x.branch) = (c.organization_id, c.id, coalesce($2, c.active_branch)) and x.after_seq <= $3
                    where c.id = $1
                    """,
                    conversationId, Parameter.Integer(before?.Branch), until),
            ],
            cancellationToken);
        var sources = new RunSources
        {
            Conversation = await results.FindAsync<RunSources.ConversationRow>(),
            Workflow = await results.FindAsync<RunSources.WorkflowRow>(),
            Agents = await results.ListAsync<RunSources.AgentRow>(),
            Organization = OrganizationSettings.Read(await results.FindAsync<string>()),
            History = await HistoryAsync(results),
        };
        return sources with { History = sources.History with { BuildTimeMs = (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds } };
    }

    static async Task<RunHistory> HistoryAsync(BatchResults results)
    {
        var rows = await results.ListAsync<HistoryRow>();
        var (hasLeft, summary) = await results.FindAsync(row => (
            row.GetBoolean(0), row.IsDBNull(1) ? null : new RunSummary(row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetInt64(4))));
        return RunHistory.Of(rows, summary, hasLeft);
    }

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

    /// <summary>Writes a question that no run answers, for the review.</summary>
    internal Task KeepAsync(Claims claims, Guid conversationId, RunQuestion question, CancellationToken cancellationToken) => SendAsync(
        claims,
        [
            new(
                "insert into messages (id, conversation_id, role, content, content_parts) values ($1, $2, 'user', $3, $4::jsonb)",
                question.MessageId, conversationId, question.Text, Parameter.Text(question.Parts?.GetRawText())),
        ],
        cancellationToken);

    /// <summary>Writes question, run, first event and job, and before them the branch they go to where that is a new one; all of it or nothing.</summary>
    internal Task CreateAsync(
        Claims claims, Run run, RunQuestion question, Guid answerMessageId, Guid ownerId, RunSnapshot snapshot, CancellationToken cancellationToken)
    {
        List<Statement> statements = [];
        if (question.Fork is { } fork)
            statements.Add(new("select overmind.fork_branch($1, $2, $3, $4)", run.ConversationId, fork.MessageId, LowerSnake.Write(fork.Reason), fork.IsBefore));
        // On the branch whose history it was asked with, though another be active by now.
        if (!question.IsThere)
            statements.Add(new(
                """
                insert into messages (
                    id, conversation_id, run_id, role, content, branch, window_tokens, content_parts,
                    embedding, embedding_model_provider, embedding_model_name, embedding_dimensions)
                values ($1, $2, $3, 'user', $4, $5, $6, $7::jsonb, $8::vector, $9, $10, vector_dims($8::vector))
                """,
                [
                    run.QuestionMessageId, run.ConversationId, run.Id, snapshot.Question, Parameter.Integer(question.Fork is null ? run.Branch : null),
                    Parameter.Integer(WindowTokens(snapshot.SynthesisModel, question)), Parameter.Text(question.Parts?.GetRawText()),
                    .. StoredVector.Parameters(question.Vector),
                ]));
        statements.Add(new(
            """
            insert into workflow_runs (
                id, user_id, visibility, workflow_id, workflow_version, conversation_id, question_message_id, answer_message_id, snapshot,
                quality_threshold, max_n2_iterations, cost_cap_usd, deadline_at, is_offline, created_at, approve_from_iteration, approve_above_usd,
                last_sequence, branch)
            select $1, c.user_id, c.visibility, $2, $3, c.id, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12, $14, $15, 0, coalesce($16, c.active_branch)
            from conversations c
            where c.id = $13
            """,
            run.Id, run.Workflow.Id, run.Workflow.Version, run.QuestionMessageId, answerMessageId, RunSnapshotJson.Write(snapshot),
            run.QualityThreshold, run.MaxN2Iterations, Parameter.Numeric(run.CostCapUsd), Parameter.Time(run.DeadlineAt), run.IsOffline,
            run.CreatedAt.UtcDateTime, run.ConversationId, Parameter.Integer(run.ApproveFromIteration), Parameter.Numeric(run.ApproveAboveUsd),
            Parameter.Integer(question.Fork is null ? run.Branch : null)));
        // Its number is on the run already: a change of the row in this transaction would check its foreign keys again.
        statements.Add(new(
            """
            select overmind.insert_run_events(r.id, 0, jsonb_set($2::jsonb, '{0,data,run,branch}', to_jsonb(r.branch)))::text
            from workflow_runs r
            where r.id = $1
            """,
            run.Id, new RunEvents().Created(run).ToJson()));
        statements.Add(RunJob.Insert(run.Id, ownerId));
        return SendAsync(claims, statements, cancellationToken);
    }

    // The database's own estimate knows nothing of what is attached.
    static int? WindowTokens(ModelReference model, RunQuestion question) =>
        TokenCount.OfMessage(model, question.Text + question.AttachedText)
        ?? (question.AttachedText.Length == 0 ? null : (int)TokenCount.Of(model, question.Text + question.AttachedText));

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
        await SendAsync(
            claims with { DatabaseRole = DatabaseRole.ServiceRole },
            [new("select overmind.retry_run($1, $2)", runId, now.UtcDateTime), RunJob.Insert(runId, ownerId)],
            cancellationToken);
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

    async Task SendAsync(Claims claims, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(claims, statements, cancellationToken);
        await results.CompleteAsync();
    }
}
