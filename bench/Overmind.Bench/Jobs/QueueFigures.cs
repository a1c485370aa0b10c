namespace Overmind.Bench.Jobs;

/// <summary>One queue with no-op jobs.</summary>
/// <param name="Name">The product.</param>
/// <param name="JobsPerSecond">Done by one worker process.</param>
/// <param name="EnqueueBatched">Jobs a second, a thousand a call; 0 where there is no such call.</param>
sealed record QueueFigures(string Name, double JobsPerSecond, double EnqueueBatched);
