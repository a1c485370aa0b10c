using System.Text.Json;
using Overmind.Conversations.Search;
using Overmind.Errors;

namespace Overmind.Memory;

/// <summary>What is looked for among memories, and which of them.</summary>
public sealed record MemoryQuery
{
    /// <summary>What is looked for, 1 to 2,000 characters: a question as it was asked does.</summary>
    public required string Text { get; init; }

    /// <summary>Default: by words and by meaning.</summary>
    public SearchMode Mode { get; init; } = SearchMode.Hybrid;

    /// <summary>How much each part of a score counts. Default: as the organization's settings say.</summary>
    public SearchWeights? Weights { get; init; }

    /// <summary>Only memories of these types. Default: of all.</summary>
    public IReadOnlyList<MemoryType>? MemoryTypes { get; init; }

    /// <summary>Only what such an owner remembers.</summary>
    public MemoryOwner? OwnerType { get; init; }

    /// <summary>Only what this member, agent, project or organization remembers.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Only what is in this collection.</summary>
    public Guid? DatastoreId { get; init; }

    public string? Category { get; init; }

    /// <summary>Only memories that have all of these.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Only memories whose metadata contain this object.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Only what was made then. Default: whenever.</summary>
    public TimeRange? CreatedAt { get; init; }

    /// <summary>Only what comes from this conversation.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>What was so at that time, superseded since or not. Default: what is so now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>1 to 100. Default: 10.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>What follows this one in the order of relevance.</summary>
    public Guid? After { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Text("query", Text, 1, 2000);
        checks.Text("category", Category, 1, 100);
        checks.Require(Limit is >= 1 and <= 100, "limit", $"limit is 1 to 100, not {Limit}.");
        checks.Require(Tags is not { Count: > 50 }, "tags", "tags are at most 50.");
        foreach (var tag in Tags ?? []) checks.Text("tags", tag, 1, 100);
        checks.Require(Metadata is null or { ValueKind: JsonValueKind.Object }, "metadata", "metadata is an object.");
        Weights?.Check(ref checks, "weights");
        checks.ThrowIfAny();
    }
}
