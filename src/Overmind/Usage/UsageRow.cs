namespace Overmind.Usage;

/// <summary>A result and the span that it is of.</summary>
sealed record UsageRow(DateTimeOffset StartTime, DateTimeOffset EndTime, UsageResult Result);
