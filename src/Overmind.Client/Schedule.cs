using System.Text.Json;

namespace Overmind.Client;

/// <summary>What is to be done again and again.</summary>
public sealed record Schedule
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Owner: its jobs work in their name.</summary>
    public required Guid UserId { get; init; }

    public Guid? ProjectId { get; init; }

    /// <summary>Null where cron says when.</summary>
    public Cadence? CadenceConfig { get; init; }

    /// <summary>Null where the cadence says when.</summary>
    public string? Cron { get; init; }

    /// <summary>The wall time of a cadence, as <c>09:00</c>; null for cron.</summary>
    public string? LocalTime { get; init; }

    /// <summary>An IANA zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Kind of its jobs.</summary>
    public required string Kind { get; init; }

    /// <summary>Payload of its jobs.</summary>
    public required JsonElement Payload { get; init; }

    public required int MaxAttempts { get; init; }

    /// <summary><c>skip</c>, <c>run_once</c> or <c>run_all</c>.</summary>
    public required string MissedRuns { get; init; }

    public required bool IsPaused { get; init; }

    /// <summary>Null while it is paused, or when it is never due again.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    public DateTimeOffset? LastRunAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
