namespace Overmind.Client;

/// <summary>What became of a kind's jobs; times in milliseconds, from enqueued to first start and from last start to end.</summary>
public sealed record JobTimes(
    string Kind, long Completed, long Failed, double PerMinute, double? WaitP50Ms, double? WaitP95Ms, double? RunP50Ms, double? RunP95Ms);
