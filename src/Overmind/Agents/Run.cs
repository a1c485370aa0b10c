using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>A run: one question of a conversation, answered by a workflow. In JSON as it stands here, in snake_case.</summary>
public sealed record Run
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>run</c>.</summary>
    public string Object { get; } = "run";

    public required Guid ConversationId { get; init; }

    /// <summary>The branch of the conversation that the answer goes to; 0: the trunk.</summary>
    public int Branch { get; init; }

    public required Guid QuestionMessageId { get; init; }

    /// <summary>The message with the answer; null until the run has succeeded, and for a run that ended otherwise.</summary>
    public Guid? AnswerMessageId { get; init; }

    public required RunWorkflow Workflow { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>Null until the run has ended.</summary>
    [JsonConverter(typeof(LowerSnakeEnum<TerminationReason>))]
    public TerminationReason? TerminationReason { get; init; }

    /// <summary>0 to 10; a score at or above it ends the run.</summary>
    public required double QualityThreshold { get; init; }

    /// <summary>1 to 20.</summary>
    public required int MaxN2Iterations { get; init; }

    /// <summary>The most the run may cost, in US dollars (a decimal string in JSON); null for no cap.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? CostCapUsd { get; init; }

    /// <summary>Each iteration from this one on waits for an approval; null: none does.</summary>
    public int? ApproveFromIteration { get; init; }

    /// <summary>An iteration that may bring the cost above this, in US dollars (a decimal string in JSON), waits for an approval; null: none does.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? ApproveAboveUsd { get; init; }

    /// <summary>When the run ends with the best it has; null for never.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>Complete iterations so far.</summary>
    public required int N2Iterations { get; init; }

    /// <summary>The iteration whose answer is the best so far, from 1; null while there is none.</summary>
    public int? BestIteration { get; init; }

    /// <summary>0 to 10; null while nothing is scored.</summary>
    public double? BestScore { get; init; }

    /// <summary>Of all calls, repeated and abandoned ones included.</summary>
    public required long TokensInput { get; init; }

    /// <summary>Of all calls, repeated and abandoned ones included.</summary>
    public required long TokensOutput { get; init; }

    /// <summary>In US dollars (a decimal string in JSON); null when the price of any call is unknown.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? CostUsd { get; init; }

    /// <summary>True when any of its models is the offline one.</summary>
    public required bool IsOffline { get; init; }

    /// <summary>Null unless something went wrong; an answer may be there all the same.</summary>
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

    /// <summary>When a worker first took it up.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Milliseconds from the question to the end.</summary>
    public long? LatencyMs { get; init; }

    /// <summary>The text of the best answer so far, Markdown: once the run has ended, its answer. A cancelled run keeps it here, without a message.</summary>
    public string? Answer { get; init; }
}
