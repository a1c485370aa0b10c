namespace Overmind.Client;

/// <summary>What the response cache saved: of the organization for admins, else of the caller's own calls.</summary>
public sealed record CacheSavings
{
    /// <summary>1d or 1h.</summary>
    public required string BucketWidth { get; init; }

    /// <summary>Time zone of the days, by its IANA name.</summary>
    public required string Timezone { get; init; }

    /// <summary>All of the spans together.</summary>
    public required CacheSavingsBucket Total { get; init; }

    /// <summary>Spans in which something was looked up, the oldest first.</summary>
    public required IReadOnlyList<CacheSavingsBucket> Data { get; init; }

    /// <summary>How good semantic hits were, by how near the questions were; bands that had some, the lowest first.</summary>
    public required IReadOnlyList<SimilarityBand> SimilarityBands { get; init; }
}
