namespace Overmind.Client;

/// <summary>How memories fade and are pruned.</summary>
public sealed record MemorySettings
{
    /// <summary>After so many days without use half of a memory's recency is left, 1 to 36,500. Default: 30.</summary>
    public double? HalfLifeDays { get; init; }

    /// <summary>The least that recency comes to, 0 to 1. Default: 0.1.</summary>
    public double? RecencyFloor { get; init; }

    /// <summary>Whether memories are pruned each night. Default: no.</summary>
    public bool? Prune { get; init; }

    /// <summary>Importance times recency below which a memory is pruned, 0 to 1. Default: 0.1.</summary>
    public double? PruneBelow { get; init; }

    /// <summary>How old it is at least then, in days. Default: 90.</summary>
    public int? PruneAfterDays { get; init; }
}
