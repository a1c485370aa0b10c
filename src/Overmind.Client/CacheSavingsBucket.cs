namespace Overmind.Client;

/// <summary>What the response cache did in a span of time.</summary>
public sealed record CacheSavingsBucket
{
    /// <summary>Its first moment.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>The first moment after it.</summary>
    public required DateTimeOffset EndTime { get; init; }

    public required long Lookups { get; init; }

    /// <summary>Look-ups that found an answer.</summary>
    public required long Hits { get; init; }

    /// <summary>Their share of the look-ups, 0 to 1; null: there were none.</summary>
    public double? HitRate { get; init; }

    /// <summary>By the same request.</summary>
    public required CacheSaved Exact { get; init; }

    /// <summary>By a similar question.</summary>
    public required CacheSaved Semantic { get; init; }
}
