namespace Overmind.Agents;

/// <summary>A step as the database knows it.</summary>
sealed record RecordedStep
{
    /// <summary>For example <c>2/agent:creative</c> or <c>2/inspect</c>.</summary>
    public required string StepKey { get; init; }

    /// <summary><c>running</c>, <c>succeeded</c> or <c>failed</c>. A running one has no recorded result: it is called again.</summary>
    public required string Status { get; init; }

    /// <summary>How many calls were opened for it so far; the first is 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The whole text of the last recorded answer, also one that broke its format; null when there is none.</summary>
    public string? Output { get; init; }

    /// <summary>
    /// Why the last answer does not count: broken format, unreadable verdict, the model's failure. On a succeeded step it is a remark
    /// (<see cref="StepOutcome.Succeeded"/>): a verdict with one is unscored, an assembled answer with one is cut off. Null otherwise.
    /// </summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Which failure of the model it was, a word of the error catalogue; null where it is not known, or another reason.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>True when the last answer was sent back once already because of its format.</summary>
    public bool SentBack { get; init; }

    /// <summary>What the agent handed to another one; null for nothing.</summary>
    public Delegation? Delegation { get; init; }

    /// <summary>Of all its attempts, in US dollars; null when the price is unknown. The cost of the next iteration is estimated by it.</summary>
    public decimal? CostUsd { get; init; } = 0;

    /// <summary>Input and output tokens of all its attempts; plays no part in the plan.</summary>
    public int? TokensUsed { get; init; }

    /// <summary>Of the last attempt, in milliseconds; plays no part in the plan.</summary>
    public int? LatencyMs { get; init; }
}
