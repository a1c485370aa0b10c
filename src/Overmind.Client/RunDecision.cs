namespace Overmind.Client;

/// <summary>What somebody decided on an iteration for which a run waited.</summary>
/// <param name="Decision"><c>approved</c> or <c>rejected</c>.</param>
/// <param name="Directive">What the iteration repairs instead of what the judge named; null: as the judge named it.</param>
public sealed record RunDecision(int Iteration, string Decision, string? Note, string? Directive, Guid? UserId, DateTimeOffset DecidedAt);
