namespace Overmind.Agents;

/// <summary>A conversation in a list, with how its latest run stands.</summary>
public sealed record ConversationOverview
{
    public Guid Id { get; init; }

    public string Title { get; init; } = "";

    public string? Folder { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool IsArchived { get; init; }

    public int MessageCount { get; init; }

    public DateTimeOffset LastActivityAt { get; init; }

    /// <summary>Null when it has no run; so are the others of the run then.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Where the latest run stands.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>0 to 10; null when nothing is scored.</summary>
    public double? BestScore { get; init; }

    public double? QualityThreshold { get; init; }

    public bool IsOffline { get; init; }
}
