using Overmind.Models;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>A step of a run that is being worked on: what is recorded of it, and what the next record writes.</summary>
sealed class StepState
{
    public required Guid Id { get; init; }

    public required string StepKey { get; init; }

    public required int Iteration { get; init; }

    public required StepPhase Phase { get; init; }

    /// <summary>Null in the four phases of the synthesis.</summary>
    public StepAgent? Agent { get; init; }

    public required ModelReference Model { get; init; }

    public StepStatus Status { get; set; } = StepStatus.Running;

    public int Attempt { get; set; } = 1;

    public bool SentBack { get; set; }

    /// <summary>Calls of it that the provider did not answer.</summary>
    public int Failures { get; set; }

    public string? Output { get; set; }

    public string? ErrorMessage { get; set; }

    /// <summary>A word of the error catalogue, of a failed call that it is known of.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>What the agent handed to another one.</summary>
    public Delegation? Delegation { get; set; }

    /// <summary>How the last answer was found in the response cache; null: the model was asked.</summary>
    public CacheHitKind? Cache { get; set; }

    /// <summary>The running attempt's prompt as JSON, when it is to be kept.</summary>
    public string? Prompt { get; set; }

    public long TokensInput { get; set; }

    public long TokensOutput { get; set; }

    public decimal? CostUsd { get; set; } = 0;

    public bool IsEstimated { get; set; }

    public int? LatencyMs { get; set; }

    /// <summary>True when part of the running attempt's text is stored in events.</summary>
    public bool HasDeltas { get; set; }

    /// <summary>The ledger row of the running attempt. Its id follows from step and attempt, so that no attempt can have two.</summary>
    public Guid LedgerId => LedgerIds.Of(Id, Attempt);

    public RecordedStep ToRecorded() => new()
    {
        StepKey = StepKey,
        Status = LowerSnake.Write(Status),
        Attempt = Attempt,
        Output = Output,
        ErrorMessage = ErrorMessage,
        ErrorCode = ErrorCode,
        SentBack = SentBack,
        Delegation = Delegation,
        CostUsd = CostUsd,
        TokensUsed = (int)Math.Min(TokensInput + TokensOutput, int.MaxValue),
        LatencyMs = LatencyMs,
    };
}
