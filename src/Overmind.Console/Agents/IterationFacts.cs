namespace Overmind.WebConsole.Agents;

/// <summary>What events said of an iteration, besides its steps.</summary>
sealed record IterationFacts
{
    public bool IsComplete { get; init; }

    public double? Score { get; init; }

    public string? Rationale { get; init; }

    /// <summary>What this iteration was asked to repair; null in the first.</summary>
    public string? AskedToRepair { get; init; }
}
