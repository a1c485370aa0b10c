using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a memory; what is null stays as it is.</summary>
public sealed record MemoryChanges
{
    /// <summary>New words; the shape follows unless it is given, too.</summary>
    public string? Content { get; init; }

    /// <summary>A new shape; the words follow unless they are given, too.</summary>
    public JsonElement? ContentParts { get; init; }

    /// <summary>The collection that it goes into.</summary>
    public Guid? DatastoreId { get; init; }

    public string? Category { get; init; }

    /// <summary><c>private</c> or <c>organization</c>.</summary>
    public string? Visibility { get; init; }

    /// <summary>All tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>A JSON object, replacing what is there.</summary>
    public JsonElement? Metadata { get; init; }

    public double? Importance { get; init; }

    public double? DecayRate { get; init; }

    public bool? Pinned { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Until when it was so.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The memory that takes its place, which ends it.</summary>
    public Guid? SupersededBy { get; init; }

    public IReadOnlyList<Guid>? RelatedMemories { get; init; }

    /// <summary>Why, up to 500 characters.</summary>
    public string? ChangeReason { get; init; }

    /// <summary>Members to be set to nothing, by their JSON names: <c>category</c>, <c>datastore_id</c>, <c>expires_at</c>, <c>valid_until</c>, <c>superseded_by</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="MemoryItem.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
