namespace Overmind.Client;

/// <summary>What ended in a span of time.</summary>
public sealed record JobBucket(DateTimeOffset StartedAt, long Completed, long Failed, long Cancelled);
