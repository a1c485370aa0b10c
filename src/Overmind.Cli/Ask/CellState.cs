namespace Overmind.Cli.Ask;

/// <summary>How far a step is.</summary>
enum CellState
{
    Running,
    SentBack,
    Done,
    Failed,
}
