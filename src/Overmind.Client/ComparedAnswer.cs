namespace Overmind.Client;

/// <summary>What a step answered, and what that took.</summary>
/// <param name="Model">As <c>offline/offline</c>.</param>
/// <param name="CostUsd">In US dollars; null when the price is unknown.</param>
public sealed record ComparedAnswer(
    Guid StepId, string Model, string Status, string? Output, long TokensInput, long TokensOutput, decimal? CostUsd, int? LatencyMs);
