using System.Text.Json;
using Overmind.Conversations;
using Overmind.Errors;

namespace Overmind.Memory;

/// <summary>What is to change in a memory; a member left null stays as it is. What was there before is kept as a version.</summary>
public sealed record MemoryPatch
{
    /// <summary>New words; its shape follows unless it is given, too.</summary>
    public string? Content { get; init; }

    /// <summary>A new shape; the words follow unless they are given, too.</summary>
    public JsonElement? ContentParts { get; init; }

    public Change<string?>? Category { get; init; }

    /// <summary>The collection that it goes into; to null: none.</summary>
    public Change<Guid?>? DatastoreId { get; init; }

    public Visibility? Visibility { get; init; }

    /// <summary>Replaces those that are there.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>A JSON object that replaces what is there.</summary>
    public JsonElement? Metadata { get; init; }

    public double? Importance { get; init; }

    public double? DecayRate { get; init; }

    public bool? Pinned { get; init; }

    public Change<DateTimeOffset?>? ExpiresAt { get; init; }

    /// <summary>Until when it was so; to null: it is so again.</summary>
    public Change<DateTimeOffset?>? ValidUntil { get; init; }

    /// <summary>The memory that takes its place, which ends it.</summary>
    public Change<Guid?>? SupersededBy { get; init; }

    public IReadOnlyList<Guid>? RelatedMemories { get; init; }

    /// <summary>Why, up to 500 characters; kept with the version.</summary>
    public string? ChangeReason { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        MemoryRules.Content(ref checks, Content);
        MemoryRules.Others(ref checks, Category?.Value, Tags, Metadata, Importance, DecayRate, RelatedMemories);
        checks.Text("change_reason", ChangeReason, 0, 500);
        checks.ThrowIfAny();
    }

    /// <summary>What depends on the type of the memory that is there.</summary>
    internal void Check(MemoryType type)
    {
        var checks = new Checks();
        MemoryShape.Check(ref checks, "content_parts", type, ContentParts);
        checks.ThrowIfAny();
    }
}
