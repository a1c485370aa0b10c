using System.Text.Json;

namespace Overmind.Agents;

/// <summary>A run as <see cref="RunStore"/> reads it.</summary>
sealed record RunRow
{
    /// <summary>Select list and joins that fill it, of the runs <c>r</c>. The answer is what the best iteration assembled.</summary>
    public const string Select = """
        select
            r.id, r.conversation_id, r.branch, r.question_message_id, r.answer_message_id, r.workflow_id, w.key as workflow_key, r.workflow_version,
            w.name as workflow_name, r.status, r.termination_reason, r.quality_threshold, r.max_n2_iterations, r.cost_cap_usd, r.deadline_at,
            r.n2_iterations, r.best_iteration, r.best_score, r.tokens_input, r.tokens_output, r.cost_usd, r.is_offline, r.error_code,
            r.error_message, r.approve_from_iteration, r.approve_above_usd, r.waiting::text as waiting, r.approvals::text as approvals, r.retry_count,
            r.last_retry_at, r.cancel_requested_at, r.created_at, r.started_at, r.completed_at, r.latency_ms, s.output as answer
        from workflow_runs r
        left join workflows w on (w.organization_id, w.id) = (r.organization_id, r.workflow_id)
        left join run_steps s on (s.organization_id, s.run_id, s.step_key) = (r.organization_id, r.id, r.best_iteration || '/assemble')
        """;

    public Guid Id { get; init; }

    public Guid ConversationId { get; init; }

    public int Branch { get; init; }

    public Guid QuestionMessageId { get; init; }

    public Guid? AnswerMessageId { get; init; }

    public Guid WorkflowId { get; init; }

    public string WorkflowKey { get; init; } = "";

    public int WorkflowVersion { get; init; }

    public string WorkflowName { get; init; } = "";

    public string Status { get; init; } = "";

    public string? TerminationReason { get; init; }

    public double QualityThreshold { get; init; }

    public int MaxN2Iterations { get; init; }

    public decimal? CostCapUsd { get; init; }

    public DateTimeOffset? DeadlineAt { get; init; }

    public int N2Iterations { get; init; }

    public int? BestIteration { get; init; }

    public double? BestScore { get; init; }

    public long TokensInput { get; init; }

    public long TokensOutput { get; init; }

    public decimal? CostUsd { get; init; }

    public bool IsOffline { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public int? ApproveFromIteration { get; init; }

    public decimal? ApproveAboveUsd { get; init; }

    public string? Waiting { get; init; }

    public string Approvals { get; init; } = "[]";

    public int RetryCount { get; init; }

    public DateTimeOffset? LastRetryAt { get; init; }

    public DateTimeOffset? CancelRequestedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public long? LatencyMs { get; init; }

    public string? Answer { get; init; }

    public Run ToRun()
    {
        var status = LowerSnake.Read<RunStatus>(Status)!.Value;
        return new Run
        {
            Id = Id,
            ConversationId = ConversationId,
            Branch = Branch,
            QuestionMessageId = QuestionMessageId,
            // It is given beforehand; there is no such message until the run has succeeded.
            AnswerMessageId = status is RunStatus.Succeeded ? AnswerMessageId : null,
            Workflow = new RunWorkflow(WorkflowId, WorkflowKey, WorkflowVersion, WorkflowName),
            Status = status,
            TerminationReason = TerminationReason is null ? null : LowerSnake.Read<TerminationReason>(TerminationReason),
            QualityThreshold = QualityThreshold,
            MaxN2Iterations = MaxN2Iterations,
            CostCapUsd = CostCapUsd,
            DeadlineAt = DeadlineAt,
            N2Iterations = N2Iterations,
            BestIteration = BestIteration,
            BestScore = BestScore,
            TokensInput = TokensInput,
            TokensOutput = TokensOutput,
            CostUsd = CostUsd,
            IsOffline = IsOffline,
            Error = ErrorCode is null ? null : new RunError(ErrorCode, ErrorMessage ?? ""),
            ApproveFromIteration = ApproveFromIteration,
            ApproveAboveUsd = ApproveAboveUsd,
            Waiting = Waiting is null ? null : JsonSerializer.Deserialize<RunWaiting>(Waiting, RunJson.Options),
            Approvals = Approvals == "[]" ? [] : JsonSerializer.Deserialize<RunDecision[]>(Approvals, RunJson.Options)!,
            RetryCount = RetryCount,
            LastRetryAt = LastRetryAt,
            CancelRequestedAt = CancelRequestedAt,
            CreatedAt = CreatedAt,
            StartedAt = StartedAt,
            CompletedAt = CompletedAt,
            LatencyMs = LatencyMs,
            Answer = Answer,
        };
    }
}
