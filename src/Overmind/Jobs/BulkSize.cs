namespace Overmind.Jobs;

/// <summary>How many jobs a change of many would concern, each at most 10,000.</summary>
public sealed record BulkSize(long Cancellable, long Retryable);
