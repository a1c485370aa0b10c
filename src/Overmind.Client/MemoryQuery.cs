using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is looked for among memories, and which of them.</summary>
public sealed record MemoryQuery
{
    /// <summary>What is looked for, 1 to 2,000 characters: a question as it was asked does.</summary>
    [JsonPropertyName("query")]
    public required string Text { get; init; }

    /// <summary><c>hybrid</c>, <c>text</c> or <c>semantic</c>. Default: hybrid.</summary>
    public string? Mode { get; init; }

    /// <summary>How much each part of a score counts. Default: as the organization's settings say.</summary>
    public SearchWeights? Weights { get; init; }

    /// <summary><c>episodic</c>, <c>semantic</c>, <c>procedural</c>, <c>working</c>: only memories of these types.</summary>
    public IReadOnlyList<string>? MemoryTypes { get; init; }

    /// <summary><c>user</c>, <c>agent</c>, <c>project</c> or <c>organization</c>.</summary>
    public string? OwnerType { get; init; }

    /// <summary>Only what this member, agent, project or organization remembers.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Only what is in this collection.</summary>
    public Guid? DatastoreId { get; init; }

    public string? Category { get; init; }

    /// <summary>Only memories that have all of these.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Only memories whose metadata contain this object.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Only what was made then or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only what was made before.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Only what comes from this conversation.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>What was so at that time. Default: what is so now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>1 to 100. Default: 10.</summary>
    public int? Limit { get; init; }

    /// <summary>What follows this one.</summary>
    public Guid? After { get; init; }
}
