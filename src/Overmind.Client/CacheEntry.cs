namespace Overmind.Client;

/// <summary>An answer that may be given again.</summary>
public sealed record CacheEntry
{
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the request, or what a client of SQL chose.</summary>
    public required string CacheKey { get; init; }

    /// <summary>The member whose call it was.</summary>
    public Guid? UserId { get; init; }

    public string? Provider { get; init; }

    public required string Model { get; init; }

    public required string QualityTier { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The question's words, of one that is found by similar ones.</summary>
    public string? Question { get; init; }

    public required string ResponseContent { get; init; }

    /// <summary>What each hit saves; null: nobody knows.</summary>
    public long? TokensUsed { get; init; }

    /// <summary>What each hit saves, in US dollars; null: nobody knows.</summary>
    public decimal? CostUsd { get; init; }

    public required long HitCount { get; init; }

    public DateTimeOffset? LastHitAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
