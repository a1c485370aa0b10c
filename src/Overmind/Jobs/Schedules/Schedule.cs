using System.Text.Json.Serialization;

namespace Overmind.Jobs.Schedules;

/// <summary>What is to be done again and again.</summary>
public sealed record Schedule
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>schedule</c>.</summary>
    public string Object { get; } = "schedule";

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>Owner: its jobs work in their name.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The project whose <c>next_scheduled_at</c> it keeps; null for none.</summary>
    public Guid? ProjectId { get; init; }

    /// <summary>When it is due.</summary>
    [JsonIgnore]
    public Timetable Timetable { get; init; } = new();

    /// <summary>The days of a cadence; null where cron says when.</summary>
    public Cadence? CadenceConfig => Timetable.Cadence;

    /// <summary>Null where the cadence says when.</summary>
    public string? Cron => Timetable.Cron;

    /// <summary>The wall time of a cadence; null for cron.</summary>
    public string? LocalTime => Timetable.Cadence is null ? null : Timetable.LocalTime;

    /// <summary>An IANA zone.</summary>
    public string TimeZone => Timetable.TimeZone;

    /// <summary>Kind of its jobs.</summary>
    public required string Kind { get; init; }

    /// <summary>Payload of its jobs, an object.</summary>
    public required JsonText Payload { get; init; }

    /// <summary>How often each of its jobs may fail.</summary>
    public required int MaxAttempts { get; init; }

    public required MissedRuns MissedRuns { get; init; }

    /// <summary>True: nothing is due until it is resumed.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>When it is due next; null while it is paused, or when it never is again.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>The latest time for which it made a job.</summary>
    public DateTimeOffset? LastRunAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
