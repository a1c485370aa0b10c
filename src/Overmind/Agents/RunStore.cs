using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The SQL of runs, as their callers see them; what a worker writes is in <see cref="RunWorkStore"/>.</summary>
public sealed class RunStore(Database database)
{
    /// <summary>How many earlier messages a run reads at most.</summary>
    const int MaxHistoryMessages = 40;

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
    internal async Task<RunSources> SourcesAsync(Claims claims, Guid conversationId, WorkflowName? workflow, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new(
                    """
                    select id, user_id, quality_threshold, max_n2_iterations, cost_cap_usd, approve_from_iteration, approve_above_usd, model_provider, model_name
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
                new(
                    """
                    select role, content
                    from messages
                    where conversation_id = $1 and deleted_at is null and role in ('system', 'user', 'assistant')
                    order by seq desc
                    limit $2
                    """,
                    conversationId, MaxHistoryMessages),
            ],
            cancellationToken);
        return new RunSources
        {
            Conversation = await results.FindAsync<RunSources.ConversationRow>(),
            Workflow = await results.FindAsync<RunSources.WorkflowRow>(),
            Agents = await results.ListAsync<RunSources.AgentRow>(),
            Organization = OrganizationSettings.Read(await results.FindAsync<string>()),
            Latest = await results.ListAsync<HistoryMessage>(),
        };
    }

    /// <summary>Writes question, run, first event and job; all of it or nothing.</summary>
    internal Task CreateAsync(Claims claims, Run run, Guid answerMessageId, Guid ownerId, RunSnapshot snapshot, CancellationToken cancellationToken) =>
        SendAsync(
            claims,
            [
                new(
                    "insert into messages (id, conversation_id, run_id, role, content) values ($1, $2, $3, 'user', $4)",
                    run.QuestionMessageId, run.ConversationId, run.Id, snapshot.Question),
                new(
                    """
                    insert into workflow_runs (
                        id, user_id, visibility, workflow_id, workflow_version, conversation_id, question_message_id, answer_message_id, snapshot,
                        quality_threshold, max_n2_iterations, cost_cap_usd, deadline_at, is_offline, created_at, approve_from_iteration, approve_above_usd,
                        last_sequence)
                    select $1, c.user_id, c.visibility, $2, $3, c.id, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12, $14, $15, 0
                    from conversations c
                    where c.id = $13
                    """,
                    run.Id, run.Workflow.Id, run.Workflow.Version, run.QuestionMessageId, answerMessageId, RunSnapshotJson.Write(snapshot),
                    run.QualityThreshold, run.MaxN2Iterations, Parameter.Numeric(run.CostCapUsd), Parameter.Time(run.DeadlineAt), run.IsOffline,
                    run.CreatedAt.UtcDateTime, run.ConversationId, Parameter.Integer(run.ApproveFromIteration), Parameter.Numeric(run.ApproveAboveUsd)),
                // Its number is on the run already: a change of the row in this transaction would check its foreign keys again.
                new("select overmind.insert_run_events($1, 0, $2::jsonb)::text", run.Id, new RunEvents().Created(run).ToJson()),
                RunJob.Insert(run.Id, ownerId),
            ],
            cancellationToken);

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
