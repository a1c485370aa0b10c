namespace Overmind.Client;

/// <summary>A worker that is alive.</summary>
public sealed record Worker
{
    public required string Name { get; init; }

    public required string Host { get; init; }

    public required int Pid { get; init; }

    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>How many jobs at a time it does.</summary>
    public required int Concurrency { get; init; }

    /// <summary>How many it held when it was last seen.</summary>
    public required int Running { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }
}
