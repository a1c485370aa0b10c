namespace Overmind.Client;

/// <summary>A collection of memories that agents can be linked to.</summary>
public sealed record Datastore
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Its owner.</summary>
    public required Guid UserId { get; init; }

    /// <summary><c>private</c> or <c>organization</c>.</summary>
    public required string Visibility { get; init; }

    /// <summary>Memories in it that one sees.</summary>
    public required long MemoryCount { get; init; }

    /// <summary>Agents that read what is in it.</summary>
    public required IReadOnlyList<Guid> AgentIds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
