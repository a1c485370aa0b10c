namespace Overmind.Jobs;

/// <summary>What became of a kind's jobs that ended in the time asked for.</summary>
/// <param name="PerMinute">Completed ones a minute.</param>
/// <param name="WaitP50Ms">From when it was due to its first start, in milliseconds.</param>
/// <param name="RunP50Ms">From its last start to its end, in milliseconds.</param>
public sealed record JobTimes(
    string Kind, long Completed, long Failed, double PerMinute, double? WaitP50Ms, double? WaitP95Ms, double? RunP50Ms, double? RunP95Ms);
