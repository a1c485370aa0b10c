namespace Overmind.Client;

/// <summary>How many jobs of a kind are in a state.</summary>
public sealed record JobCounts(string Kind, string Status, long Count);
