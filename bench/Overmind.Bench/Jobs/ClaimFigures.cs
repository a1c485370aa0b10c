namespace Overmind.Bench.Jobs;

/// <summary>Claims of ten jobs, from the beginning of the queue, where one organization has many and another has one.</summary>
/// <param name="Waiting">Jobs of the large organization.</param>
/// <param name="Few">With a thousand waiting.</param>
/// <param name="Many">With all of them waiting.</param>
/// <param name="IsFair">Whether the first claim held the single job of the other organization.</param>
sealed record ClaimFigures(int Waiting, Latencies Few, Latencies Many, bool IsFair);
