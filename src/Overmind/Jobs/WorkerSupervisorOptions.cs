namespace Overmind.Jobs;

/// <summary>How a worker's process is watched.</summary>
sealed record WorkerSupervisorOptions
{
    /// <summary>Memory that the process may take, in bytes; one that takes more is killed. Default: no limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>How long the process may take to end after it was asked to. Default: 30 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before the first restart; it doubles with each that follows within a minute, up to 30 s. Default: 500 ms.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Is told of restarts. Default: nobody.</summary>
    public Action<string> Log { get; init; } = _ => { };
}
