namespace Overmind.Jobs;

/// <summary>A job that went well, still to be written.</summary>
/// <param name="Result">What came of it, as JSON.</param>
/// <param name="Keep">How long it can be looked at.</param>
sealed record JobEnd(Job Job, string? Result, TimeSpan Keep);
