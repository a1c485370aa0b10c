using System.Text.Json;
using Overmind.Conversations;
using Overmind.Errors;

namespace Overmind.Memory;

/// <summary>Something to be remembered: in words, in the shape of its type, or both.</summary>
public sealed record NewMemory
{
    /// <summary>Given beforehand, so that remembering it twice remembers it once. Default: a new one.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required MemoryType MemoryType { get; init; }

    /// <summary>Up to 32,768 characters. Default: made from <see cref="ContentParts"/>.</summary>
    public string? Content { get; init; }

    /// <summary>An object in the shape of the type. Default: made from <see cref="Content"/>.</summary>
    public JsonElement? ContentParts { get; init; }

    /// <summary>Whose it is. Default: the caller's own.</summary>
    public MemoryOwner OwnerType { get; init; }

    /// <summary>The agent or project; null for the others.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>The collection that it goes into.</summary>
    public Guid? DatastoreId { get; init; }

    /// <summary>Default: private, but a project's follows the project and the organization's is the organization's.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>1 to 100 characters: preference, say.</summary>
    public string? Category { get; init; }

    /// <summary>At most 50, of 100 characters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A JSON object of at most 64 KiB.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>0 to 1.</summary>
    public double Importance { get; init; } = 0.5;

    /// <summary>0 to 1; 0: it does not fade.</summary>
    public double DecayRate { get; init; } = 0.1;

    public bool Pinned { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Default: now.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>At most 100.</summary>
    public IReadOnlyList<Guid> RelatedMemories { get; init; } = [];

    /// <summary>User or agent. Default: message where <see cref="SourceMessageId"/> is set, else user.</summary>
    public MemorySource? Source { get; init; }

    /// <summary>The message that said it, which the caller must see.</summary>
    public Guid? SourceMessageId { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Require(Content is not null || ContentParts is not null, "content", "A memory has content, content_parts or both.");
        MemoryRules.Content(ref checks, Content);
        MemoryShape.Check(ref checks, "content_parts", MemoryType, ContentParts);
        MemoryRules.Others(ref checks, Category, Tags, Metadata, Importance, DecayRate, RelatedMemories);
        checks.Require(
            OwnerId is not null == (OwnerType is MemoryOwner.Agent or MemoryOwner.Project), "owner_id",
            OwnerId is null ? $"owner_id names the {LowerSnake.Write(OwnerType)}." : $"A memory of the {LowerSnake.Write(OwnerType)} has no owner_id: it is the caller's.");
        checks.Require(
            Source is null or MemorySource.User or MemorySource.Agent || (Source is MemorySource.Message && SourceMessageId is not null), "source",
            "source is user or agent, or message with a source_message_id; the others are set by the server.");
        checks.ThrowIfAny();
    }
}
