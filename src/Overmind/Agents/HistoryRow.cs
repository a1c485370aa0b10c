namespace Overmind.Agents;

/// <summary>A message of the window that a run is made with, and how many there are in it: those that do not fit are not among the rows.</summary>
sealed record HistoryRow
{
    public Guid Id { get; init; }

    public string Role { get; init; } = "";

    public string Content { get; init; } = "";

    /// <summary>As JSON, where they may name attachments.</summary>
    public string? ContentParts { get; init; }

    public int Tokens { get; init; }

    public bool Pinned { get; init; }

    public bool Always { get; init; }

    public long HeldMessages { get; init; }
}
