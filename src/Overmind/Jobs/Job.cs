using System.Text.Json;

namespace Overmind.Jobs;

/// <summary>A job that this node has claimed.</summary>
public sealed record Job
{
    public required Guid Id { get; init; }

    /// <summary>The tenant it belongs to; null for jobs of the installation.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>On whose behalf it runs.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Which handler does it, as <c>run</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What to do, an object that the handler knows.</summary>
    public required JsonElement Payload { get; init; }

    /// <summary>Lower is sooner.</summary>
    public int Priority { get; init; }

    /// <summary>When it was due.</summary>
    public DateTimeOffset RunAt { get; init; }

    /// <summary>Which attempt this is; the first is 1. A claim that was given back, or whose worker died, is no attempt.</summary>
    public required int AttemptCount { get; init; }

    /// <summary>How often it may fail before it is given up.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>The claim's fencing token: a later claim has a higher one.</summary>
    public required long LeaseToken { get; init; }

    /// <summary>Whether a schedule made it.</summary>
    public bool IsScheduled { get; init; }
}
