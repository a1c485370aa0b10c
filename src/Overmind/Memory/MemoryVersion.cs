namespace Overmind.Memory;

/// <summary>What a memory says, or said before it was changed.</summary>
public sealed record MemoryVersion
{
    /// <summary>Of the version; the current one has the memory's own.</summary>
    public required Guid Id { get; init; }

    /// <summary>Always <c>memory.version</c>.</summary>
    public string Object { get; } = "memory.version";

    public required Guid MemoryId { get; init; }

    /// <summary>From 1.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>Whether it is what the memory says now.</summary>
    public required bool IsCurrent { get; init; }

    public required string Content { get; init; }

    public required JsonText ContentParts { get; init; }

    public string? Category { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required JsonText Metadata { get; init; }

    /// <summary>Who wrote this version; null: no person.</summary>
    public Guid? ChangedBy { get; init; }

    /// <summary>Why; null for the first, and where nobody said.</summary>
    public string? ChangeReason { get; init; }

    /// <summary>When this version was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
