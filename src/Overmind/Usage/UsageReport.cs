namespace Overmind.Usage;

/// <summary>What was used, in spans of time. The same as the ledger adds up to at the moment of asking.</summary>
public sealed record UsageReport
{
    /// <summary>Always <c>usage</c>.</summary>
    public string Object { get; } = "usage";

    public required UsageBucketWidth BucketWidth { get; init; }

    /// <summary>By what; null: all together.</summary>
    public required UsageGrouping? GroupBy { get; init; }

    /// <summary>Time zone of the days, by its IANA name.</summary>
    public required string Timezone { get; init; }

    /// <summary>Spans in which something was used, the oldest first.</summary>
    public required IReadOnlyList<UsageBucket> Data { get; init; }
}
