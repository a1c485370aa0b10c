using System.Diagnostics;
using Overmind.Conversations.Vectors;
using Overmind.Models;
using Overmind.Models.Tokens;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>The SQL of a question that is asked: what its run is made from, and what is written when it begins.</summary>
public sealed class RunStartStore(Database database)
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

    async Task SendAsync(Claims claims, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(claims, statements, cancellationToken);
        await results.CompleteAsync();
    }
}
