namespace Overmind.Jobs;

/// <summary>How many jobs of a kind are in a state.</summary>
public sealed record JobCounts(string Kind, JobStatus Status, long Count);
