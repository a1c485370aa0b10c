namespace Overmind.Client;

/// <summary>What hits saved.</summary>
/// <param name="CostSavedUsd">In US dollars, as far as it is known.</param>
public sealed record CacheSaved(long Hits, long TokensSaved, decimal CostSavedUsd);
