using Overmind.Conversations;

namespace Overmind.Memory;

/// <summary>A collection of memories that agents can be linked to.</summary>
public sealed record Datastore
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>datastore</c>.</summary>
    public string Object { get; } = "datastore";

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Its owner.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Who sees the collection; who sees a memory in it the memory says itself.</summary>
    public required Visibility Visibility { get; init; }

    /// <summary>Memories in it that the caller sees.</summary>
    public required long MemoryCount { get; init; }

    /// <summary>Agents that read what is in it.</summary>
    public required IReadOnlyList<Guid> AgentIds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
