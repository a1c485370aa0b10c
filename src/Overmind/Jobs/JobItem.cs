namespace Overmind.Jobs;

/// <summary>A job as people see it.</summary>
public sealed record JobItem
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>job</c>.</summary>
    public string Object { get; } = "job";

    public required string Kind { get; init; }

    public required JobStatus Status { get; init; }

    /// <summary>The member in whose name it works.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Lower is sooner.</summary>
    public required int Priority { get; init; }

    public required JsonText Payload { get; init; }

    /// <summary>Not before this time.</summary>
    public required DateTimeOffset RunAt { get; init; }

    public string? UniqueKey { get; init; }

    public Guid? BatchId { get; init; }

    public required int AttemptCount { get; init; }

    public required int MaxAttempts { get; init; }

    /// <summary>0 to 1; null: unknown.</summary>
    public double? Progress { get; init; }

    /// <summary>What came of it.</summary>
    public JsonText Result { get; init; }

    public string? LastError { get; init; }

    /// <summary>What went wrong each time, an array of attempt, error, at.</summary>
    public required JsonText Errors { get; init; }

    public required JsonText RetryConfig { get; init; }

    public required JsonText Metadata { get; init; }

    /// <summary>The worker that holds it.</summary>
    public string? Worker { get; init; }

    /// <summary>When the worker's claim ends unless it is renewed; null: no worker holds it.</summary>
    public DateTimeOffset? LeaseExpiresAt { get; init; }

    public DateTimeOffset? CancelRequestedAt { get; init; }

    public DateTimeOffset? PickedUpAt { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
