namespace Overmind.Client;

/// <param name="Count">How many answers were removed.</param>
sealed record InvalidatedCache(long Count);
