namespace Overmind.Jobs;

/// <summary>Jobs that were claimed together, under one lease.</summary>
/// <param name="token">The lease token that all of them carry.</param>
/// <param name="jobs">How many there are.</param>
sealed class JobClaim(long token, int jobs)
{
    int _open = jobs;

    public long Token => token;

    /// <summary>False when the end of one of its jobs could not be written: the queue takes that job back, at the next renewal or when the lease runs out.</summary>
    public bool IsSure { get; private set; } = true;

    public void Doubt() => IsSure = false;

    /// <summary>One of its jobs has ended. True when it was the last, and nothing is left of the claim.</summary>
    public bool End() => Interlocked.Decrement(ref _open) == 0 && IsSure;
}
