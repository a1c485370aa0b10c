namespace Overmind.Client;

/// <summary>A run: one question of a conversation, answered by a workflow.</summary>
public sealed record Run
{
    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    /// <summary>The branch of the conversation that the answer goes to; 0: the trunk.</summary>
    public int Branch { get; init; }

    public required Guid QuestionMessageId { get; init; }

    /// <summary>The message with the answer; null until the run has succeeded.</summary>
    public Guid? AnswerMessageId { get; init; }

    public required RunWorkflow Workflow { get; init; }

    /// <summary><c>queued</c>, <c>running</c>, <c>waiting</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary><c>threshold</c>, <c>max_iterations</c>, <c>plateau</c>, <c>cost_cap</c>, <c>deadline</c>, <c>cancelled</c>, <c>unscored</c>, <c>failed</c>; null until it has ended.</summary>
    public string? TerminationReason { get; init; }

    public required double QualityThreshold { get; init; }

    public required int MaxN2Iterations { get; init; }

    public decimal? CostCapUsd { get; init; }

    /// <summary>Each iteration from this one on waits for an approval; null: none does.</summary>
    public int? ApproveFromIteration { get; init; }

    /// <summary>An iteration that may bring the cost above this, in US dollars, waits for an approval; null: none does.</summary>
    public decimal? ApproveAboveUsd { get; init; }

    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>Complete iterations so far.</summary>
    public required int N2Iterations { get; init; }

    public int? BestIteration { get; init; }

    /// <summary>0 to 10; null while nothing is scored.</summary>
    public double? BestScore { get; init; }

    public required long TokensInput { get; init; }

    public required long TokensOutput { get; init; }

    /// <summary>In US dollars; null when the price of any call is unknown.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>True when any of its models is the offline one.</summary>
    public required bool IsOffline { get; init; }

    public RunError? Error { get; init; }

    /// <summary>For what it waits; null unless it is <c>waiting</c>.</summary>
    public RunWaiting? Waiting { get; init; }

    /// <summary>What was decided on its iterations, the earliest first.</summary>
    public IReadOnlyList<RunDecision> Approvals { get; init; } = [];

    /// <summary>How often somebody had it go on after it had failed or was cancelled.</summary>
    public int RetryCount { get; init; }

    public DateTimeOffset? LastRetryAt { get; init; }

    public DateTimeOffset? CancelRequestedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Milliseconds from the question to the end.</summary>
    public long? LatencyMs { get; init; }

    /// <summary>The best answer so far, Markdown.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether nothing more will happen to it, unless it is retried.</summary>
    public bool IsEnded => Status is "succeeded" or "failed" or "cancelled";
}
