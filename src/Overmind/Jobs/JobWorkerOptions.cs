namespace Overmind.Jobs;

/// <summary>How a node works on jobs.</summary>
public sealed record JobWorkerOptions
{
    /// <summary>Jobs at a time. Default: 8.</summary>
    public int MaxConcurrency { get; init; } = 8;

    /// <summary>Jobs to claim beyond those that run while jobs take milliseconds only, so that one statement claims for many. Default: 2000.</summary>
    public int MaxAhead { get; init; } = 2000;

    /// <summary>The kinds to do. Default: all that are registered.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>How long a claim holds without being renewed; a worker that hangs is given up after it. Default: 15 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often leases are renewed and those of dead workers freed. Default: 5 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the worker looks for jobs without being told of one. Default: 3 s.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a stopping node lets its jobs go on before their tokens are cancelled and they are given back. Default: none.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.Zero;
}
