namespace Overmind.Client;

/// <summary>On which days a schedule is due.</summary>
/// <param name="Mode"><c>daily</c>, <c>weekdays</c>, <c>weekly</c> or <c>custom</c>.</param>
/// <param name="Days">0 to 6, Sunday is 0: one for <c>weekly</c>, one or more for <c>custom</c>, left out for the others.</param>
public sealed record Cadence(string Mode, IReadOnlyList<int>? Days = null);
