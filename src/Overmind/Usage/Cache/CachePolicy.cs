namespace Overmind.Usage.Cache;

/// <summary>What a call does with the response cache: what its request says, else its organization. It stands in a run's snapshot.</summary>
sealed record CachePolicy
{
    const string DefaultTier = "production";

    public required CacheMode Mode { get; init; }

    public required int TtlSeconds { get; init; }

    public required double MinSimilarity { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public required string QualityTier { get; init; }

    public string? Locale { get; init; }

    /// <summary>Whether an answer that is there is given.</summary>
    public bool Reads { get; init; } = true;

    /// <summary>Whether the answer is kept.</summary>
    public bool Stores { get; init; } = true;

    /// <summary>Null: the cache is off.</summary>
    public static CachePolicy? Of(ResponseCacheSettings settings, CacheRequest? request)
    {
        request ??= new CacheRequest();
        var policy = new CachePolicy
        {
            Mode = request.Mode ?? settings.Mode,
            TtlSeconds = request.TtlSeconds ?? settings.TtlSeconds,
            MinSimilarity = settings.MinSimilarity,
            Tags = request.Tags,
            QualityTier = request.QualityTier ?? DefaultTier,
            Locale = request.Locale,
            Reads = !request.NoCache,
            Stores = !request.NoStore,
        };
        return policy.Mode is CacheMode.Off || policy is { Reads: false, Stores: false } ? null : policy;
    }
}
