using System.Text.Json.Nodes;

namespace Overmind.Client;

/// <summary>A job to enqueue.</summary>
public sealed record NewJob
{
    public required string Kind { get; init; }

    /// <summary>What its kind asks for. Default: nothing.</summary>
    public JsonObject? Payload { get; init; }

    /// <summary>Lower is sooner, 0 to 32767. Default: 100.</summary>
    public int? Priority { get; init; }

    /// <summary>Not before this time. Default: at once.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>No second job of the kind with this key is open at a time; up to 500 characters.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>With a unique key: none either for so long after one was enqueued.</summary>
    public int? UniqueForSeconds { get; init; }

    /// <summary>1 to 1000. Default: as its kind.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Waits between attempts: strategy, base_delay_ms, max_delay_ms, jitter. Default: as its kind.</summary>
    public JsonObject? RetryConfig { get; init; }

    public Guid? BatchId { get; init; }

    public JsonObject? Metadata { get; init; }
}
