using System.Text.Json.Nodes;

namespace Overmind.Jobs;

/// <summary>A job to be done as soon as a worker is free.</summary>
public sealed record NewJob
{
    /// <summary>Which handler does it.</summary>
    public required string Kind { get; init; }

    /// <summary>What to do, an object that the handler knows.</summary>
    public required JsonObject Payload { get; init; }

    /// <summary>No second job of the kind with this key is open at a time.</summary>
    public required string UniqueKey { get; init; }

    /// <summary>How often it may fail before it is given up.</summary>
    public required int MaxAttempts { get; init; }
}
