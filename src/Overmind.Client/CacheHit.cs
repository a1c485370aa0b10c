namespace Overmind.Client;

/// <summary>A call that the response cache answered.</summary>
public sealed record CacheHit
{
    public required Guid Id { get; init; }

    /// <summary><c>exact</c> or <c>semantic</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The answer that was given; it may be gone since.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>How near the questions were; of semantic hits.</summary>
    public double? Similarity { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required long TokensSaved { get; init; }

    /// <summary>In US dollars; null: nobody knows.</summary>
    public decimal? CostSavedUsd { get; init; }

    /// <summary>When it was reported to be wrong; null: it was not.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
