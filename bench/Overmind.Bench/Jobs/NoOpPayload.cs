namespace Overmind.Bench.Jobs;

/// <summary>What a job of the benchmark carries.</summary>
/// <param name="Number">Tells it from the others.</param>
sealed record NoOpPayload(int Number);
