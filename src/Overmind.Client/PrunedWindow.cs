namespace Overmind.Client;

/// <summary>What came of pruning a context window.</summary>
public sealed record PrunedWindow
{
    /// <summary>How many messages left it.</summary>
    public required int MessagesPruned { get; init; }

    public required long TokensFreed { get; init; }

    /// <summary>Whether a job summarizes first: until it has, the window is as before.</summary>
    public required bool IsQueued { get; init; }

    public required ContextWindow Window { get; init; }
}
