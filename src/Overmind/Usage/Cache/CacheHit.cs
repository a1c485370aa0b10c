using System.Text.Json.Serialization;

namespace Overmind.Usage.Cache;

/// <summary>A call that the response cache answered. In JSON as it stands here, in snake_case.</summary>
public sealed record CacheHit
{
    /// <summary>That of the call's row of the ledger.</summary>
    public required Guid Id { get; init; }

    /// <summary>Always <c>cache.hit</c>.</summary>
    public string Object { get; } = "cache.hit";

    public required CacheHitKind Kind { get; init; }

    /// <summary>The answer that was given; it may be gone since.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>How near the questions were, by cosine; of semantic hits.</summary>
    public required double? Similarity { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required long TokensSaved { get; init; }

    /// <summary>In US dollars (a decimal string in JSON); null: nobody knows.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required decimal? CostSavedUsd { get; init; }

    /// <summary>When it was reported to be wrong; null: it was not.</summary>
    public required DateTimeOffset? ReportedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
