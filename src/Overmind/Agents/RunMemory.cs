using System.Text.Json.Serialization;
using Overmind.Memory;

namespace Overmind.Agents;

/// <summary>A memory that a run was given, as it stood then, and why.</summary>
public sealed record RunMemory
{
    public required Guid Id { get; init; }

    /// <summary>By which answers cite it, from 1: <c>[m1]</c>.</summary>
    public required int Number { get; init; }

    public required string Content { get; init; }

    public required MemoryType MemoryType { get; init; }

    public required MemoryOwner OwnerType { get; init; }

    public required int Tokens { get; init; }

    /// <summary>What it was chosen by, the higher the better.</summary>
    public required double Score { get; init; }

    /// <summary>How well its words fit the question; null where it was found otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TextScore { get; init; }

    /// <summary>How well its meaning fits the question; null where it was not compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? VectorScore { get; init; }

    public required double Recency { get; init; }

    public required double Importance { get; init; }
}
