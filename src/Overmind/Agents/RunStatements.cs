using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Budgets;

namespace Overmind.Agents;

/// <summary>What a worker writes. Each batch of these begins with <see cref="Take"/> or <see cref="Record"/>, which hold the fence.</summary>
static class RunStatements
{
    /// <summary>Gives the run to the claim with this token; fails with <c>OV001</c> when it has ended or a later claim has it.</summary>
    public static Statement Take(Guid runId, long leaseToken, DateTimeOffset now) =>
        new("select is_resumed, attempt from overmind.take_run($1, $2, $3)", runId, leaseToken, now.UtcDateTime);

    /// <summary>Totals, events, and the end when the run has one, or for what it waits; fails with <c>OV001</c> when the run has ended or is another worker's.</summary>
    public static Statement Record(Run run, long leaseToken, RunEvents events) => new(
        "select overmind.record_run($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb)",
        run.Id, leaseToken, run.TokensInput, run.TokensOutput, Parameter.Numeric(run.CostUsd), run.N2Iterations, Parameter.Integer(run.BestIteration),
        Parameter.Double(run.BestScore), Parameter.Text(StateOf(run)), events.ToJson());

    public static Statement AddSteps(Guid runId, IReadOnlyList<StepState> steps)
    {
        var rows = new RowValues("uuid", "uuid", "text", "integer", "text", "uuid", "text", "text", "text", "text", "jsonb");
        foreach (var step in steps)
            rows.Add(
                step.Id, runId, step.StepKey, step.Iteration, LowerSnake.Write(step.Phase), step.Agent?.Id, step.Agent?.Key, step.Agent?.Name,
                step.Model.Provider, step.Model.Model, step.Prompt);
        return rows.Statement(values =>
            $"""
            insert into run_steps (id, run_id, step_key, iteration, phase, agent_id, agent_key, agent_name, provider, model, prompt)
            values {values}
            """);
    }

    public static Statement RecordSteps(IReadOnlyList<StepState> steps)
    {
        var rows = new RowValues(
            "uuid", "text", "integer", "boolean", "text", "text", "text", "bigint", "bigint", "numeric", "boolean", "integer", "integer", "jsonb",
            "jsonb", "text");
        foreach (var step in steps)
            rows.Add(
                step.Id, LowerSnake.Write(step.Status), step.Attempt, step.SentBack, step.Output, step.ErrorMessage, step.ErrorCode,
                step.TokensInput, step.TokensOutput, step.CostUsd, step.IsEstimated, step.LatencyMs, step.Failures,
                DelegationJson.Write(step.Delegation), step.Prompt, step.Cache is { } cache ? LowerSnake.Write(cache) : null);
        return rows.Statement(values =>
            $"""
            update run_steps s
            set
                status = v.status,
                attempt = v.attempt,
                is_sent_back = v.is_sent_back,
                output = v.output,
                error_message = v.error_message,
                error_code = v.error_code,
                tokens_input = v.tokens_input,
                tokens_output = v.tokens_output,
                cost_usd = v.cost_usd,
                is_estimated = v.is_estimated,
                latency_ms = v.latency_ms,
                metadata = jsonb_build_object('failures', v.failures),
                delegation = v.delegation,
                cache = v.cache,
                prompt = coalesce(v.prompt, s.prompt),
                completed_at = case when v.status = 'running' then null else clock_timestamp() end
            from (values {values}) as v (
                id, status, attempt, is_sent_back, output, error_message, error_code, tokens_input, tokens_output, cost_usd, is_estimated, latency_ms,
                failures, delegation, prompt, cache)
            where s.id = v.id
            """);
    }

    /// <summary>
    /// The ledger rows of steps' running attempts; their ids make second ones impossible. Returns those that a budget does not let be made. By model,
    /// which is the order in which budgets are held.
    /// </summary>
    public static Statement Reserve(Run run, IReadOnlyList<(StepState Step, long PromptTokens, int MaxTokens)> attempts)
    {
        var rows = new RowValues("uuid", "uuid", "uuid", "uuid", "integer", "text", "text", "jsonb");
        foreach (var (step, promptTokens, maxTokens) in attempts.OrderBy(a => a.Step.Model.ToString(), StringComparer.Ordinal))
            rows.Add(
                step.LedgerId, run.ConversationId, run.Id, step.Id, step.Attempt, step.Model.Provider, step.Model.Model,
                $$"""{"estimated_tokens_input": {{promptTokens}}, "max_output_tokens": {{maxTokens}}}""");
        return rows.Statement(values =>
            $"""
            insert into token_usage (id, conversation_id, run_id, step_id, attempt, provider, model, metadata)
            values {values}
            on conflict do nothing
            returning step_id, status, {BudgetBlockRow.Columns}
            """);
    }

    /// <summary>Settles reserved rows; one that is settled stays as it is.</summary>
    public static Statement Settle(IReadOnlyList<(Guid LedgerId, CallUsage Usage)> attempts)
    {
        var rows = new RowValues(
            "uuid", "bigint", "bigint", "bigint", "bigint", "bigint", "bigint", "bigint", "bigint", "bigint", "bigint", "bigint", "text", "numeric", "uuid",
            "text", "boolean", "integer", "jsonb");
        foreach (var (ledgerId, usage) in attempts)
        {
            var counts = usage.Counts;
            rows.Add(
                ledgerId, counts.Input, counts.Output, counts.Cached, counts.CacheWrite, counts.CacheWriteHour, counts.Reasoning, counts.AudioInput,
                counts.AudioOutput, counts.ImageInput, counts.ImageOutput, counts.WebSearches, counts.ServiceTier, usage.CostUsd, usage.PriceId,
                LowerSnake.Write(usage.Outcome), usage.IsEstimated, usage.LatencyMs,
                counts.Raw is { } raw ? StoredText.CleanJson(raw.ToJsonString()) : null);
        }

        return rows.Statement(values =>
            $"""
            update token_usage u
            set
                status = 'settled',
                tokens_input = v.tokens_input,
                tokens_output = v.tokens_output,
                tokens_cached = v.tokens_cached,
                tokens_cache_write = v.tokens_cache_write,
                tokens_cache_write_1h = v.tokens_cache_write_1h,
                tokens_reasoning = v.tokens_reasoning,
                tokens_audio_input = v.tokens_audio_input,
                tokens_audio_output = v.tokens_audio_output,
                tokens_image_input = v.tokens_image_input,
                tokens_image_output = v.tokens_image_output,
                web_searches = v.web_searches,
                service_tier = v.service_tier,
                cost = v.cost,
                price_id = v.price_id,
                outcome = v.outcome,
                is_estimated = v.is_estimated,
                latency_ms = v.latency_ms,
                raw_usage = v.raw_usage,
                settled_at = clock_timestamp()
            from (values {values}) as v (
                id, tokens_input, tokens_output, tokens_cached, tokens_cache_write, tokens_cache_write_1h, tokens_reasoning, tokens_audio_input,
                tokens_audio_output, tokens_image_input, tokens_image_output, web_searches, service_tier, cost, price_id, outcome, is_estimated, latency_ms,
                raw_usage)
            where u.id = v.id and {LedgerMonths.Condition(attempts.Select(a => a.LedgerId))} and u.status = 'reserved'
            """);
    }

    public static Statement RemoveDeltas(Guid runId, Guid[] stepIds) => new(
        "delete from run_events where run_id = $1 and step_id = any($2) and type = 'step.delta'", runId, stepIds);

    public static Statement AddIteration(Run run, IterationResult result) => new(
        """
        insert into synthesis_events (
            run_id, conversation_id, message_id, iteration, quality_score, score_rationale, triggered_n2, observation, distillation,
            repair_directive, final_output, latency_ms)
        select
            $1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11,
            (extract(epoch from clock_timestamp() - min(started_at)) * 1000)::integer
        from run_steps
        where run_id = $1 and iteration = $4
        -- A retry brings an iteration to its end that was left without a verdict.
        on conflict (organization_id, run_id, iteration) do update
        set
            quality_score = excluded.quality_score,
            score_rationale = excluded.score_rationale,
            triggered_n2 = excluded.triggered_n2,
            observation = excluded.observation,
            distillation = excluded.distillation,
            repair_directive = excluded.repair_directive,
            final_output = excluded.final_output,
            latency_ms = excluded.latency_ms
        """,
        run.Id, run.ConversationId, run.QuestionMessageId, result.Iteration, Parameter.Double(result.Score),
        Clean(result.Rationale ?? result.UnscoredBecause), result.TriggeredN2, Parameter.Text(result.Observation),
        Parameter.Text(RunRecord.Distillation(result)), Clean(result.RepairDirective), Parameter.Text(result.Assembled));

    /// <summary>The message with the answer of a run that has succeeded; none when its conversation was deleted meanwhile.</summary>
    /// <param name="windowTokens">What it takes in a window; null: not counted.</param>
    /// <param name="memories">Those that it cites; null: none.</param>
    public static Statement AddAnswer(Run run, string modelUsed, string metadata, int? windowTokens, IReadOnlyList<Guid>? memories) => new(
        """
        insert into messages (
            id, conversation_id, parent_message_id, run_id, role, content, model_used, quality_score, n2_iterations, tokens_used, latency_ms,
            metadata, branch, window_tokens, memory_refs)
        select $1, id, $3, $4, 'assistant', $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13, $14
        from conversations
        where id = $2 and deleted_at is null
        """,
        run.AnswerMessageId, run.ConversationId, run.QuestionMessageId, run.Id, run.Answer, modelUsed, Parameter.Double(run.BestScore), run.N2Iterations,
        (int)Math.Min(run.TokensInput + run.TokensOutput, int.MaxValue), (int)Math.Min(run.LatencyMs ?? 0, int.MaxValue), metadata,
        run.Branch, Parameter.Integer(windowTokens), Parameter.Uuids(memories));

    /// <summary>A use when the run first ends, and the score of the answer that it may have only later, by a retry.</summary>
    public static Statement Count(Run run, RunSnapshot snapshot) => new(
        "select overmind.count_run($1, $2, $3, $4)",
        run.Workflow.Id, snapshot.Agents.Select(a => a.Id).ToArray(), run.RetryCount == 0 ? 1 : 0,
        Parameter.Double(run.Status is RunStatus.Succeeded ? run.BestScore : null));

    /// <summary>
    /// Puts the job of a run that waits back until its deadline, or until somebody has decided. Somebody who asked to stop the run before it waited
    /// was told that its worker would end it: then its job is due at once.
    /// </summary>
    public static Statement Postpone(Job job, Run run) => new(
        """
        select overmind.finish_job($1, $2, 'pending', null, case
            when r.cancel_requested_at is not null then clock_timestamp()
            -- A second ahead at least: by another node's clock the time may have come already.
            when r.deadline_at is not null then greatest(r.deadline_at, clock_timestamp() + interval '1 second')
            else 'infinity'
        end)
        from workflow_runs r
        where r.id = $3
        """,
        job.Id, job.LeaseToken, run.Id);

    /// <summary>Puts the job of a run that waits for a budget back, until its period ends or the run's deadline comes; at once where somebody has asked to stop it.</summary>
    public static IReadOnlyList<Statement> Block(Job job, Run run, BudgetBlock block) =>
    [
        new(
            "select overmind.block_job($1, $2, $3, $4, least($5, r.deadline_at)) from workflow_runs r where r.id = $6 and r.cancel_requested_at is null",
            job.Id, job.LeaseToken, block.BudgetId, block.Subject, block.Until.UtcDateTime, run.Id),
        new(
            "select overmind.finish_job($1, $2, 'pending') from workflow_runs r where r.id = $3 and r.cancel_requested_at is not null",
            job.Id, job.LeaseToken, run.Id),
    ];

    /// <summary>Puts the job of a run back for a moment, until calls of others have given back what they hold of a budget.</summary>
    public static Statement PutBack(Job job) =>
        new("select overmind.finish_job($1, $2, 'pending', null, clock_timestamp() + $3)", job.Id, job.LeaseToken, JobStore.BusyWait);

    static string? StateOf(Run run) => run switch
    {
        { Status: RunStatus.Queued } => """{"status": "queued"}""",
        { Waiting: { } waiting } => new JsonObject
        {
            ["status"] = LowerSnake.Write(run.Status),
            ["waiting"] = JsonSerializer.SerializeToNode(waiting, RunJson.Options),
        }.ToJsonString(RunJson.Options),
        { CompletedAt: not null } => EndOf(run).ToJsonString(RunJson.Options),
        _ => null,
    };

    static JsonObject EndOf(Run run) => new()
    {
        ["status"] = LowerSnake.Write(run.Status),
        ["termination_reason"] = LowerSnake.Write(run.TerminationReason!.Value),
        ["error_code"] = run.Error?.Code,
        ["error_message"] = run.Error?.Message,
        ["answer_message_id"] = run.AnswerMessageId,
        ["completed_at"] = run.CompletedAt,
        ["latency_ms"] = run.LatencyMs,
    };

    static NpgsqlParameter Clean(string? text) => Parameter.Text(text is null ? null : StoredText.Clean(text));
}
