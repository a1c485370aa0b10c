using System.Text.Json;

namespace Overmind.Client;

/// <summary>What a memory says, or said before it was changed.</summary>
public sealed record MemoryVersion
{
    public required Guid Id { get; init; }

    public required Guid MemoryId { get; init; }

    /// <summary>From 1.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>Whether it is what the memory says now.</summary>
    public required bool IsCurrent { get; init; }

    public required string Content { get; init; }

    public required JsonElement ContentParts { get; init; }

    public string? Category { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required JsonElement Metadata { get; init; }

    /// <summary>Who wrote this version; null: no person.</summary>
    public Guid? ChangedBy { get; init; }

    public string? ChangeReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
