namespace Overmind.Agents;

/// <summary>How one phase of a run asks its model.</summary>
sealed record PhasePrompt
{
    /// <summary>Who the model is and what it does: the system message, without the sections that are added to it.</summary>
    public required string Instructions { get; init; }

    /// <summary>The last line of the user's message, after its sections.</summary>
    public required string Task { get; init; }

    /// <summary>0 to 2; agents have their own.</summary>
    public required double Temperature { get; init; }

    /// <summary>The most tokens of the answer; agents have their own.</summary>
    public required int MaxTokens { get; init; }
}
