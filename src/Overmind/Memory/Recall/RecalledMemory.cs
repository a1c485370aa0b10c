namespace Overmind.Memory.Recall;

/// <summary>A memory that fits what was asked, and why.</summary>
public sealed record RecalledMemory
{
    public required Guid Id { get; init; }

    public required MemoryType MemoryType { get; init; }

    public string? Category { get; init; }

    public required string Content { get; init; }

    public required MemoryOwner OwnerType { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Importance { get; init; }

    /// <summary>1 when it was just used, half of that after each half-life.</summary>
    public required double Recency { get; init; }

    public required bool Pinned { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How well its words fit; null where it was found otherwise.</summary>
    public double? TextScore { get; init; }

    /// <summary>How well its meaning fits, −1 to 1; null where it was not compared.</summary>
    public double? VectorScore { get; init; }

    /// <summary>What it is ranked by, the higher the better.</summary>
    public required double Score { get; init; }
}
