namespace Overmind.Jobs;

/// <summary>How the jobs of a kind are done.</summary>
public sealed record JobKindOptions
{
    /// <summary>Jobs of the kind at a time in one worker process. Default: as many as the worker does.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Jobs of the kind at a time in all workers together. Default: no limit.</summary>
    public int? GlobalConcurrency { get; init; }

    /// <summary>Jobs of the kind at a time for one organization, in all workers together. Default: no limit.</summary>
    public int? ConcurrencyPerOrganization { get; init; }

    /// <summary>True when a claim may leave due jobs of the kind where they are, because enough of them run.</summary>
    internal bool IsLimited => (Concurrency ?? GlobalConcurrency ?? ConcurrencyPerOrganization) is not null;

    /// <summary>How often a job may fail before it is given up. Default: 3.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>How long to wait between attempts. Default: 1 s, 2 s, 4 s, …, at most 5 minutes.</summary>
    public JobRetry Retry { get; init; } = new();

    /// <summary>How long one attempt may take; then its token is cancelled, and it has failed. Default: no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// True: when its worker dies the job is done again however often. Default: false, the attempt counts, because the job may be what kills workers.
    /// </summary>
    public bool RetryWhenLost { get; init; }

    /// <summary>How long a completed or cancelled job can be looked at; zero: it is deleted as it ends. Default: 7 days.</summary>
    public TimeSpan KeepCompleted { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a failed job can be looked at and retried. Default: 30 days.</summary>
    public TimeSpan KeepFailed { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Whether members may enqueue it by the HTTP API. Default: false.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Whether its jobs call models: a budget that is used up keeps them until its period ends. Default: false.</summary>
    public bool CallsModels { get; init; }

    /// <summary>What to do instead of cancelling or retrying the job, where it only carries another resource. Default: null, both may be done.</summary>
    public string? CarriedBy { get; init; }
}
