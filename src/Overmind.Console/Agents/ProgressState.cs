namespace Overmind.WebConsole.Agents;

/// <summary>Where a stage stands.</summary>
public enum ProgressState
{
    Waiting,
    Now,
    Done,
}
