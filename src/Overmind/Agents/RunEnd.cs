namespace Overmind.Agents;

/// <summary>How a run ends, and with what.</summary>
public sealed record RunEnd
{
    public required TerminationReason TerminationReason { get; init; }

    /// <summary>What is shown as the answer; null when nothing was assembled.</summary>
    public required KeptAnswer? Kept { get; init; }

    /// <summary>What went wrong, in words for the user; null when nothing did.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary><c>succeeded</c> with an answer, <c>failed</c> without one.</summary>
    public string Status => Kept is null ? "failed" : "succeeded";

    public int? KeptIteration => Kept?.Iteration;

    public string? Answer => Kept?.Text;

    public double? Score => Kept?.Score;
}
