namespace Overmind.Jobs;

/// <summary>What a change of many jobs came to.</summary>
/// <param name="Count">How many it concerned, at most 10,000 at a time.</param>
public sealed record BulkChange(long Count);
