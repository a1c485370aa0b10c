using Overmind.Errors;

namespace Overmind.Memory;

/// <summary>Which memories; what is null does not matter.</summary>
public sealed record MemoryFilter
{
    public static MemoryFilter All { get; } = new();

    public MemoryType? MemoryType { get; init; }

    public string? Category { get; init; }

    public MemoryOwner? OwnerType { get; init; }

    /// <summary>The member, agent, project or organization.</summary>
    public Guid? OwnerId { get; init; }

    public Guid? DatastoreId { get; init; }

    /// <summary>Only what this agent reads: its own memories and those of the collections that it is linked to.</summary>
    public Guid? ReaderId { get; init; }

    public string? Tag { get; init; }

    public bool? Pinned { get; init; }

    /// <summary>Only what is so now (true), or what no longer is (false).</summary>
    public bool? Current { get; init; }

    /// <summary>Only what this message led to.</summary>
    public Guid? SourceMessageId { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Text("category", Category, 1, 100);
        checks.Text("tag", Tag, 1, 100);
        checks.ThrowIfAny();
    }
}
