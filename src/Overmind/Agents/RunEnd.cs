namespace Overmind.Agents;

/// <summary>How a run ends, and with what.</summary>
sealed record RunEnd
{
    public required TerminationReason TerminationReason { get; init; }

    /// <summary>What is shown as the answer; null when nothing was assembled.</summary>
    public required KeptAnswer? Kept { get; init; }

    /// <summary>What went wrong, in words for the user; null when nothing did.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Which failure of a model it was, a word of the error catalogue; null where there is no one such.</summary>
    public string? ErrorCode { get; init; }

    /// <summary><c>succeeded</c> with an answer; without one <c>failed</c>, or <c>cancelled</c> when that is why it ends.</summary>
    public string Status => Kept is not null ? "succeeded" : TerminationReason is TerminationReason.Cancelled ? "cancelled" : "failed";

    public int? KeptIteration => Kept?.Iteration;

    public string? Answer => Kept?.Text;

    public double? Score => Kept?.Score;
}
