using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>What a worker writes. Each batch of these begins with <see cref="Fence"/>.</summary>
static class RunStatements
{
    /// <summary>Locks the run; fails with <c>OV001</c> when it has ended or is another worker's.</summary>
    public static Statement Fence(Guid runId, long leaseToken) => new("select overmind.fence_run($1, $2)::text", runId, leaseToken);

    /// <summary>A claim with a higher token takes the run; the same one may again.</summary>
    public static Statement Take(Guid runId, long leaseToken, DateTimeOffset now) => new(
        """
        update workflow_runs
        set
            status = 'running',
            lease_token = $2,
            started_at = coalesce(started_at, $3),
            retry_count = retry_count + (started_at is not null)::int,
            last_retry_at = case when started_at is null then last_retry_at else $3 end
        where id = $1 and status in ('queued', 'running') and lease_token <= $2
        """,
        runId, leaseToken, now.UtcDateTime);

    public static Statement AppendStarted(Guid runId) => new(
        """
        select overmind.append_run_events(id, jsonb_build_array(jsonb_build_object(
            'type', 'run.started',
            'data', jsonb_build_object('resumed', retry_count > 0, 'attempt', retry_count + 1))))
        from workflow_runs
        where id = $1
        """,
        runId);

    public static Statement Append(Guid runId, RunEvents events) => new("select overmind.append_run_events($1, $2::jsonb)", runId, events.ToJson());

    public static Statement AddStep(Guid runId, StepState step) => new(
        """
        insert into run_steps (id, run_id, step_key, iteration, phase, agent_id, agent_key, agent_name, provider, model)
        values ($1, $2, $3, $4, $5, $6::uuid, $7::text, $8::text, $9, $10)
        """,
        step.Id, runId, step.StepKey, step.Iteration, LowerSnake.Write(step.Phase), step.Agent?.Id, step.Agent?.Key, step.Agent?.Name,
        step.Model.Provider, step.Model.Model);

    public static Statement RecordStep(StepState step) => new(
        """
        update run_steps
        set
            status = $2,
            attempt = $3,
            is_sent_back = $4,
            output = $5::text,
            error_message = $6::text,
            tokens_input = $7,
            tokens_output = $8,
            cost_usd = $9::numeric,
            is_estimated = $10,
            latency_ms = $11::integer,
            metadata = jsonb_build_object('failures', $12::integer),
            completed_at = case when $2 = 'running' then null else clock_timestamp() end
        where id = $1
        """,
        step.Id, LowerSnake.Write(step.Status), step.Attempt, step.SentBack, step.Output, step.ErrorMessage, step.TokensInput, step.TokensOutput,
        step.CostUsd, step.IsEstimated, step.LatencyMs, step.Failures);

    /// <summary>The ledger row of the step's running attempt; its id makes a second one impossible.</summary>
    public static Statement Reserve(Run run, StepState step, long promptTokens) => new(
        """
        insert into token_usage (id, conversation_id, run_id, step_id, attempt, provider, model, metadata)
        values ($1, $2, $3, $4, $5, $6, $7, jsonb_build_object('estimated_tokens_input', $8::bigint))
        on conflict do nothing
        """,
        step.LedgerId, run.ConversationId, run.Id, step.Id, step.Attempt, step.Model.Provider, step.Model.Model, promptTokens);

    public static Statement Settle(Guid ledgerId, CallUsage usage) => new(
        """
        update token_usage
        set
            status = 'settled',
            tokens_input = $2,
            tokens_output = $3,
            tokens_cached = $4::bigint,
            tokens_reasoning = $5::bigint,
            cost = $6::numeric,
            is_estimated = $7,
            latency_ms = $8::integer,
            settled_at = clock_timestamp()
        where id = $1 and status = 'reserved'
        """,
        ledgerId, usage.TokensInput, usage.TokensOutput, usage.TokensCached, usage.TokensReasoning, usage.CostUsd, usage.IsEstimated, usage.LatencyMs);

    public static Statement RemoveDeltas(Guid runId, Guid[] stepIds) => new(
        "delete from run_events where run_id = $1 and step_id = any($2) and type = 'step.delta'", runId, stepIds);

    public static Statement AddIteration(Run run, IterationResult result) => new(
        """
        insert into synthesis_events (
            run_id, conversation_id, message_id, iteration, quality_score, score_rationale, triggered_n2, observation, distillation,
            repair_directive, final_output, latency_ms)
        select
            $1, $2, $3, $4, $5::double precision, $6::text, $7, $8::text, $9::jsonb, $10::text, $11::text,
            (extract(epoch from clock_timestamp() - min(started_at)) * 1000)::integer
        from run_steps
        where run_id = $1 and iteration = $4
        """,
        run.Id, run.ConversationId, run.QuestionMessageId, result.Iteration, result.Score, Clean(result.Rationale ?? result.UnscoredBecause),
        result.TriggeredN2, result.Observation, RunRecord.Distillation(result), Clean(result.RepairDirective), result.Assembled);

    public static Statement RecordTotals(Run run) => new(
        """
        update workflow_runs
        set
            tokens_input = $2,
            tokens_output = $3,
            cost_usd = $4::numeric,
            n2_iterations = $5,
            best_iteration = $6::integer,
            best_score = $7::double precision
        where id = $1
        """,
        run.Id, run.TokensInput, run.TokensOutput, run.CostUsd, run.N2Iterations, run.BestIteration, run.BestScore);

    /// <summary>The message with the answer of a run that has succeeded; none when its conversation was deleted meanwhile.</summary>
    public static Statement AddAnswer(Run run, string modelUsed, string metadata) => new(
        """
        insert into messages (
            id, conversation_id, parent_message_id, run_id, role, content, model_used, quality_score, n2_iterations, tokens_used, latency_ms,
            metadata)
        select $1, id, $3, $4, 'assistant', $5, $6, $7::double precision, $8, $9, $10, $11::jsonb
        from conversations
        where id = $2 and deleted_at is null
        """,
        run.AnswerMessageId, run.ConversationId, run.QuestionMessageId, run.Id, run.Answer, modelUsed, run.BestScore, run.N2Iterations,
        (int)Math.Min(run.TokensInput + run.TokensOutput, int.MaxValue), (int)Math.Min(run.LatencyMs ?? 0, int.MaxValue), metadata);

    public static Statement End(Run run) => new(
        """
        update workflow_runs
        set
            status = $2,
            termination_reason = $3,
            error_code = $4::text,
            error_message = $5::text,
            answer_message_id = $6::uuid,
            completed_at = $7,
            latency_ms = $8
        where id = $1
        """,
        run.Id, LowerSnake.Write(run.Status), LowerSnake.Write(run.TerminationReason!.Value), run.Error?.Code, run.Error?.Message, run.AnswerMessageId,
        run.CompletedAt!.Value.UtcDateTime, run.LatencyMs!.Value);

    public static Statement Count(Run run, RunSnapshot snapshot) => new(
        "select overmind.count_run($1, $2)", run.Workflow.Id, snapshot.Agents.Select(a => a.Id).ToArray());

    static string? Clean(string? text) => text is null ? null : StoredText.Clean(text);
}
