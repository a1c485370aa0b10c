using System.Text.Json;

namespace Overmind.Client;

/// <summary>A job.</summary>
public sealed record Job
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>As <c>pending</c>, <c>processing</c>, <c>completed</c>, <c>failed</c>, <c>cancelled</c>, <c>blocked</c>.</summary>
    public required string Status { get; init; }

    public Guid? UserId { get; init; }

    public int Priority { get; init; }

    public JsonElement Payload { get; init; }

    public DateTimeOffset RunAt { get; init; }

    public string? UniqueKey { get; init; }

    public Guid? BatchId { get; init; }

    public int AttemptCount { get; init; }

    public int MaxAttempts { get; init; }

    /// <summary>0 to 1; null: unknown.</summary>
    public double? Progress { get; init; }

    public JsonElement? Result { get; init; }

    public string? LastError { get; init; }

    /// <summary>What went wrong each time: attempt, error, at.</summary>
    public JsonElement Errors { get; init; }

    public JsonElement RetryConfig { get; init; }

    public JsonElement Metadata { get; init; }

    /// <summary>The worker that holds it.</summary>
    public string? Worker { get; init; }

    /// <summary>When the worker's claim ends unless it is renewed; null: no worker holds it.</summary>
    public DateTimeOffset? LeaseExpiresAt { get; init; }

    public DateTimeOffset? CancelRequestedAt { get; init; }

    public DateTimeOffset? PickedUpAt { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
