using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a schedule; what is null stays as it is. The limits are those of <see cref="NewSchedule"/>.</summary>
public sealed record ScheduleChanges
{
    public string? Name { get; init; }

    public Guid? ProjectId { get; init; }

    /// <summary>Takes the place of cron.</summary>
    public Cadence? CadenceConfig { get; init; }

    /// <summary>Takes the place of the cadence.</summary>
    public string? Cron { get; init; }

    public string? LocalTime { get; init; }

    public string? TimeZone { get; init; }

    public string? Kind { get; init; }

    /// <summary>The whole payload, replacing what is there.</summary>
    public JsonElement? Payload { get; init; }

    public int? MaxAttempts { get; init; }

    public string? MissedRuns { get; init; }

    public bool? IsPaused { get; init; }

    /// <summary>Members to be set to nothing, by their JSON names: <c>project_id</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="Schedule.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
