namespace Overmind.Cli.Ask;

/// <summary>One step: an agent's answer in an iteration, or a phase of its synthesis.</summary>
/// <param name="State">How far it is.</param>
sealed record GridCell(CellState State)
{
    /// <summary>Characters streamed so far.</summary>
    public int Characters { get; init; }

    public int TokensOutput { get; init; }

    public int LatencyMs { get; init; }

    /// <summary>Why it was sent back or failed.</summary>
    public string? Reason { get; init; }
}
