using System.Text.Json;

namespace Overmind.Client;

/// <summary>Something remembered.</summary>
public sealed record MemoryItem
{
    public required Guid Id { get; init; }

    /// <summary><c>episodic</c>, <c>semantic</c>, <c>procedural</c> or <c>working</c>.</summary>
    public required string MemoryType { get; init; }

    /// <summary>The collection that it is in.</summary>
    public Guid? DatastoreId { get; init; }

    /// <summary>What kind of thing it is, in the application's words.</summary>
    public string? Category { get; init; }

    /// <summary>Its words, which are searched.</summary>
    public required string Content { get; init; }

    /// <summary>The same in the shape of its type.</summary>
    public required JsonElement ContentParts { get; init; }

    /// <summary><c>user</c>, <c>agent</c>, <c>project</c> or <c>organization</c>.</summary>
    public required string OwnerType { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>The member whose row it is.</summary>
    public required Guid UserId { get; init; }

    /// <summary><c>private</c> or <c>organization</c>.</summary>
    public required string Visibility { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>A JSON object.</summary>
    public required JsonElement Metadata { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Importance { get; init; }

    /// <summary>How fresh it is now, 1 down to the organization's floor.</summary>
    public required double Recency { get; init; }

    /// <summary>How fast it fades: 0.1 as usual, 0 never.</summary>
    public required double DecayRate { get; init; }

    /// <summary>Whether it does not fade and is never pruned.</summary>
    public required bool Pinned { get; init; }

    public required long AccessCount { get; init; }

    public required DateTimeOffset LastAccessedAt { get; init; }

    /// <summary>From when on nobody is shown it; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Until when it was so; null: it still is.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The memory that took its place.</summary>
    public Guid? SupersededBy { get; init; }

    public required IReadOnlyList<Guid> RelatedMemories { get; init; }

    /// <summary><c>user</c>, <c>message</c>, <c>agent</c>, <c>import</c> or <c>consolidation</c>.</summary>
    public required string Source { get; init; }

    public Guid? SourceConversationId { get; init; }

    public Guid? SourceMessageId { get; init; }

    public int? SourceBranch { get; init; }

    /// <summary>As <c>provider/model</c>; null until there is a vector.</summary>
    public string? EmbeddingModel { get; init; }

    public int? EmbeddingDimensions { get; init; }

    /// <summary>From 1.</summary>
    public required int VersionNumber { get; init; }

    public Guid? ChangedBy { get; init; }

    public string? ChangeReason { get; init; }

    public Guid? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody last changed it: not when it was used.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
