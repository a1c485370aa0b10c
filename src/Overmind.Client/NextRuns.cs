namespace Overmind.Client;

/// <summary>When a schedule is due next.</summary>
/// <param name="Runs">In its zone's local time with offset.</param>
public sealed record NextRuns(IReadOnlyList<DateTimeOffset> Runs);
