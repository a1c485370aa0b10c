using Overmind.Conversations.Search;

namespace Overmind.Memory;

/// <summary>A memory that was found, and why it stands where it does.</summary>
public sealed record MemoryHit
{
    /// <summary>Always <c>memory.hit</c>.</summary>
    public string Object { get; } = "memory.hit";

    public required MemoryItem Memory { get; init; }

    /// <summary>The text around what matched, up to two places of it, or its beginning.</summary>
    public required IReadOnlyList<SnippetPart> Snippet { get; init; }

    /// <summary>By which the hits are in order, the greatest first; 0 to 1, of one search.</summary>
    public required double Score { get; init; }

    public required ScoreParts ScoreParts { get; init; }
}
