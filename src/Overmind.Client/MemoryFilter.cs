namespace Overmind.Client;

/// <summary>Which memories; what is null does not matter.</summary>
public sealed record MemoryFilter
{
    /// <summary><c>episodic</c>, <c>semantic</c>, <c>procedural</c> or <c>working</c>.</summary>
    public string? MemoryType { get; init; }

    public string? Category { get; init; }

    /// <summary><c>user</c>, <c>agent</c>, <c>project</c> or <c>organization</c>.</summary>
    public string? OwnerType { get; init; }

    public Guid? OwnerId { get; init; }

    public Guid? DatastoreId { get; init; }

    /// <summary>Only what this agent reads: its own and what is in its collections. Of lists alone.</summary>
    public Guid? ReaderId { get; init; }

    public string? Tag { get; init; }

    public bool? Pinned { get; init; }

    /// <summary>Only what is so now (true), or what no longer is (false).</summary>
    public bool? Current { get; init; }

    /// <summary>Only what this message led to.</summary>
    public Guid? SourceMessageId { get; init; }
}
