namespace Overmind.Client;

/// <summary>A memory that a run was given, and why.</summary>
public sealed record RunMemory
{
    public required Guid Id { get; init; }

    /// <summary>By which answers cite it, from 1: <c>[m1]</c>.</summary>
    public required int Number { get; init; }

    public required string Content { get; init; }

    /// <summary><c>episodic</c>, <c>semantic</c>, <c>procedural</c> or <c>working</c>.</summary>
    public required string MemoryType { get; init; }

    /// <summary><c>user</c>, <c>agent</c>, <c>project</c> or <c>organization</c>.</summary>
    public required string OwnerType { get; init; }

    public required int Tokens { get; init; }

    /// <summary>What it was chosen by, the higher the better.</summary>
    public required double Score { get; init; }

    /// <summary>How well its words fit the question; null where it was found otherwise.</summary>
    public double? TextScore { get; init; }

    /// <summary>How well its meaning fits the question; null where it was not compared.</summary>
    public double? VectorScore { get; init; }

    public required double Recency { get; init; }

    public required double Importance { get; init; }
}
