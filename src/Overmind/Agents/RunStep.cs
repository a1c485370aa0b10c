using System.Text.Json;
using System.Text.Json.Serialization;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>One call of a run, with all its attempts. In JSON as it stands here, in snake_case.</summary>
public sealed record RunStep
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>run.step</c>.</summary>
    public string Object { get; } = "run.step";

    public required Guid RunId { get; init; }

    /// <summary>Unique in the run: <c>2/agent:creative</c>, <c>2/delegate:creative&gt;structural</c>, <c>2/observe</c>, <c>2/distil</c>, <c>2/assemble</c>, <c>2/inspect</c>.</summary>
    public required string StepKey { get; init; }

    /// <summary>From 1.</summary>
    public required int Iteration { get; init; }

    [JsonConverter(typeof(LowerSnakeEnum<StepPhase>))]
    public required StepPhase Phase { get; init; }

    /// <summary>Null in the four phases of the synthesis.</summary>
    public StepAgent? Agent { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required StepStatus Status { get; init; }

    /// <summary>How many calls were made for it; the first is 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The whole text of the last answer, also one that broke its format.</summary>
    public string? Output { get; init; }

    /// <summary>What the agent handed to another one; null for nothing.</summary>
    public Delegation? Delegation { get; init; }

    /// <summary>What the model was last sent, an array of <c>role</c> and <c>content</c>: kept for agents that are verbose, and read where it is asked for.</summary>
    public JsonElement? Prompt { get; init; }

    /// <summary>Why the step failed or its answer was sent back.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Which failure of the model it was, a word of the error catalogue; null where that is not known, or it failed for another reason.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Of all attempts.</summary>
    public required long TokensInput { get; init; }

    /// <summary>Of all attempts.</summary>
    public required long TokensOutput { get; init; }

    /// <summary>Of all attempts, in US dollars (a decimal string in JSON); null when the price is unknown.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? CostUsd { get; init; }

    /// <summary>Of the last attempt.</summary>
    public int? LatencyMs { get; init; }

    /// <summary>True when the tokens of any attempt are an estimate: the provider did not say, or the call was abandoned.</summary>
    public required bool IsEstimated { get; init; }

    /// <summary>How the last answer was found in the response cache, which cost nothing; null: the model was asked.</summary>
    public CacheHitKind? Cache { get; init; }

    /// <summary>By which that answer can be reported to be wrong (<c>POST /v1/cache/hits/{id}/report</c>); null: the model was asked.</summary>
    public Guid? CacheHitId => Cache is null ? null : LedgerIds.Of(Id, Attempt);

    /// <summary>When its first attempt began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    internal RecordedStep ToRecorded() => new()
    {
        StepKey = StepKey,
        Status = LowerSnake.Write(Status),
        Attempt = Attempt,
        Output = Output,
        ErrorMessage = ErrorMessage,
        ErrorCode = ErrorCode,
        Delegation = Delegation,
        CostUsd = CostUsd,
        TokensUsed = (int)Math.Min(TokensInput + TokensOutput, int.MaxValue),
        LatencyMs = LatencyMs,
    };
}
