namespace Overmind.Cli.Ask;

/// <summary>How far a step is.</summary>
enum CellState
{
    Running,
    SentBack,

    /// <summary>It waits for the answer of another agent.</summary>
    Delegated,
    Done,
    Failed,
}
