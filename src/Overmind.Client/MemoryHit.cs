namespace Overmind.Client;

/// <summary>A memory that was found, and why it stands where it does.</summary>
public sealed record MemoryHit
{
    public required MemoryItem Memory { get; init; }

    /// <summary>The text around what matched, or its beginning.</summary>
    public IReadOnlyList<SnippetPart> Snippet { get; init; } = [];

    /// <summary>By which the hits are in order, the greatest first.</summary>
    public required double Score { get; init; }

    public required ScoreParts ScoreParts { get; init; }
}
