namespace Overmind.Jobs;

/// <summary>How long to wait after a failed attempt, as it stands in a job's <c>retry_config</c>.</summary>
public sealed record JobRetry
{
    /// <summary>Default: exponential.</summary>
    public JobRetryStrategy Strategy { get; init; } = JobRetryStrategy.Exponential;

    /// <summary>The wait after the first failure, in milliseconds. Default: 1000.</summary>
    public int BaseDelayMs { get; init; } = 1000;

    /// <summary>The longest wait, in milliseconds. Default: 300000, 5 minutes.</summary>
    public int MaxDelayMs { get; init; } = 300_000;

    /// <summary>The part of the wait that is random, 0 to 1, so that what failed together is not tried again together. Default: 0.2.</summary>
    public double Jitter { get; init; } = 0.2;
}
