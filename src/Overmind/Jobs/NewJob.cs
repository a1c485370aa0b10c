using System.Text.Json.Nodes;

namespace Overmind.Jobs;

/// <summary>A job to be done.</summary>
public sealed record NewJob
{
    /// <summary>Which handler does it.</summary>
    public required string Kind { get; init; }

    /// <summary>What to do, an object that the handler knows.</summary>
    public required JsonObject Payload { get; init; }

    /// <summary>Its id; default: a new UUIDv7.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Lower is sooner, 0 to 32767. Default: 100.</summary>
    public int Priority { get; init; } = 100;

    /// <summary>Not before this time. Default: at once.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>No second job of the kind with this key is open at a time; up to 500 characters. Default: any number.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>With <see cref="UniqueKey"/>: none either for so long after one was enqueued, whether it is open or has ended. Default: only open ones count.</summary>
    public TimeSpan? UniqueFor { get; init; }

    /// <summary>How often it may fail before it is given up. Default: as its kind.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>How long to wait between attempts. Default: as its kind.</summary>
    public JobRetry? Retry { get; init; }

    /// <summary>Jobs that were enqueued together and can be listed and cancelled together. Default: none.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>What else is to be known of it. Default: nothing.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>A job with a typed payload.</summary>
    public static NewJob Of<TPayload>(string kind, TPayload payload)
        where TPayload : notnull =>
        new() { Kind = kind, Payload = JobJson.Write(payload) };
}
