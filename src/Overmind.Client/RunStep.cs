using System.Text.Json;

namespace Overmind.Client;

/// <summary>One call of a run, with all its attempts.</summary>
public sealed record RunStep
{
    public required Guid Id { get; init; }

    public required Guid RunId { get; init; }

    /// <summary>Unique in the run: <c>2/agent:creative</c>, <c>2/delegate:creative&gt;structural</c>, <c>2/observe</c>, <c>2/distil</c>, <c>2/assemble</c>, <c>2/inspect</c>.</summary>
    public required string StepKey { get; init; }

    /// <summary>From 1.</summary>
    public required int Iteration { get; init; }

    /// <summary><c>agent</c>, <c>delegate</c>, <c>observe</c>, <c>distil</c>, <c>assemble</c> or <c>inspect</c>.</summary>
    public required string Phase { get; init; }

    /// <summary>Null in the four phases of the synthesis.</summary>
    public StepAgent? Agent { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary><c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>How many calls were made for it.</summary>
    public required int Attempt { get; init; }

    public string? Output { get; init; }

    /// <summary>What the agent handed to another one; null for nothing.</summary>
    public StepDelegation? Delegation { get; init; }

    /// <summary>What the model was last sent, an array of <c>role</c> and <c>content</c>: kept for agents that are verbose, and there when it was asked for.</summary>
    public JsonElement? Prompt { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>Which failure of the model it was, as <c>model_rate_limited</c>; null where that is not known, or it failed for another reason.</summary>
    public string? ErrorCode { get; init; }

    public required long TokensInput { get; init; }

    public required long TokensOutput { get; init; }

    /// <summary>In US dollars; null when the price is unknown.</summary>
    public decimal? CostUsd { get; init; }

    public int? LatencyMs { get; init; }

    public required bool IsEstimated { get; init; }

    /// <summary><c>exact</c> or <c>semantic</c>: its last answer was found in the response cache; null: the model was asked.</summary>
    public string? Cache { get; init; }

    /// <summary>By which that answer is reported to be wrong; null: the model was asked.</summary>
    public Guid? CacheHitId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }
}
