using System.Text.Json;

namespace Overmind.Client;

/// <summary>Something to be remembered: in words, in the shape of its type, or both.</summary>
public sealed record NewMemory
{
    /// <summary><c>episodic</c>, <c>semantic</c>, <c>procedural</c> or <c>working</c>.</summary>
    public required string MemoryType { get; init; }

    /// <summary>Up to 32,768 characters. Default: made from <see cref="ContentParts"/>.</summary>
    public string? Content { get; init; }

    /// <summary>An object in the shape of the type. Default: made from <see cref="Content"/>.</summary>
    public JsonElement? ContentParts { get; init; }

    /// <summary><c>user</c>, <c>agent</c>, <c>project</c> or <c>organization</c>. Default: user, the caller.</summary>
    public string? OwnerType { get; init; }

    /// <summary>The agent or project.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary><c>private</c> or <c>organization</c>. Default: private; a project's follows the project.</summary>
    public string? Visibility { get; init; }

    /// <summary>The collection that it goes into.</summary>
    public Guid? DatastoreId { get; init; }

    public string? Category { get; init; }

    /// <summary>At most 50.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>A JSON object.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>0 to 1. Default: 0.5.</summary>
    public double? Importance { get; init; }

    /// <summary>0 to 1. Default: 0.1.</summary>
    public double? DecayRate { get; init; }

    public bool? Pinned { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Default: now.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>At most 100.</summary>
    public IReadOnlyList<Guid>? RelatedMemories { get; init; }

    /// <summary><c>user</c> or <c>agent</c>. Default: message where <see cref="SourceMessageId"/> is set, else user.</summary>
    public string? Source { get; init; }

    public Guid? SourceMessageId { get; init; }
}
