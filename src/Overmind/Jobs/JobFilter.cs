namespace Overmind.Jobs;

/// <summary>Which jobs; what is null does not matter.</summary>
public sealed record JobFilter
{
    public string? Kind { get; init; }

    public JobStatus? Status { get; init; }

    public Guid? BatchId { get; init; }

    public string? UniqueKey { get; init; }

    /// <summary>Stands in its id, unique key, payload, metadata or last error, in whatever case. A list looks through the first 20,000 that all else takes.</summary>
    public string? Text { get; init; }
}
