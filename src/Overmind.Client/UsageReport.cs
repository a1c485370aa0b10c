namespace Overmind.Client;

/// <summary>What was used, in spans of time.</summary>
public sealed record UsageReport
{
    /// <summary>1d or 1h.</summary>
    public required string BucketWidth { get; init; }

    /// <summary>user, model, operation, project or workflow; null: all together.</summary>
    public string? GroupBy { get; init; }

    /// <summary>Time zone of the days, by its IANA name.</summary>
    public required string Timezone { get; init; }

    /// <summary>Spans in which something was used, the oldest first.</summary>
    public required IReadOnlyList<UsageBucket> Data { get; init; }
}
