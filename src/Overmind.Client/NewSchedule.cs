using System.Text.Json;

namespace Overmind.Client;

/// <summary>A schedule to be made, with a cadence or cron.</summary>
public sealed record NewSchedule
{
    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }

    public Guid? ProjectId { get; init; }

    public Cadence? CadenceConfig { get; init; }

    /// <summary>Five fields or a macro as <c>@daily</c>.</summary>
    public string? Cron { get; init; }

    /// <summary>The wall time of a cadence. Default: 09:00.</summary>
    public string? LocalTime { get; init; }

    /// <summary>An IANA zone. Default: UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Kind of its jobs.</summary>
    public required string Kind { get; init; }

    /// <summary>Payload of its jobs, an object. Default: empty.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>Default: 3.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary><c>skip</c>, <c>run_once</c> (default) or <c>run_all</c>.</summary>
    public string? MissedRuns { get; init; }

    public bool? IsPaused { get; init; }
}
