namespace Overmind.Cli.Ask;

/// <summary>An iteration of a run, from 1.</summary>
sealed record GridIteration(int Number)
{
    public bool IsCompleted { get; init; }

    /// <summary>0 to 10; null when it is not scored.</summary>
    public double? Score { get; init; }

    /// <summary>Whether its answer is the best so far.</summary>
    public bool IsBest { get; init; }
}
