using System.Text.Json.Serialization;

namespace Overmind.Usage.Cache;

/// <summary>An answer that may be given again. In JSON as it stands here, in snake_case.</summary>
public sealed record CacheEntry
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>cache.entry</c>.</summary>
    public string Object { get; } = "cache.entry";

    /// <summary>SHA-256 of the request, or what a client of SQL chose.</summary>
    public required string CacheKey { get; init; }

    /// <summary>The member whose call it was.</summary>
    public required Guid? UserId { get; init; }

    /// <summary>Null for one that was written by SQL without it.</summary>
    public required string? Provider { get; init; }

    public required string Model { get; init; }

    public required string QualityTier { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The question's words, of one that is found by similar ones.</summary>
    public required string? Question { get; init; }

    public required string ResponseContent { get; init; }

    /// <summary>What each hit saves; null: nobody knows.</summary>
    public required long? TokensUsed { get; init; }

    /// <summary>What each hit saves, in US dollars (a decimal string in JSON); null: nobody knows.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required decimal? CostUsd { get; init; }

    /// <summary>How often it was given, up to this moment.</summary>
    public required long HitCount { get; init; }

    public required DateTimeOffset? LastHitAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
