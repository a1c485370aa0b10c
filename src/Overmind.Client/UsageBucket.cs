namespace Overmind.Client;

/// <summary>What was used in a span of time.</summary>
/// <param name="StartTime">Its first moment.</param>
/// <param name="EndTime">The first moment after it.</param>
/// <param name="Results">One, or one for each member, model and so on, the dearest first.</param>
public sealed record UsageBucket(DateTimeOffset StartTime, DateTimeOffset EndTime, IReadOnlyList<UsageResult> Results);
