namespace Overmind.Jobs.Schedules;

/// <summary>What is to change in a schedule; a member left null stays as it is. The limits are those of <see cref="NewSchedule"/>.</summary>
public sealed record SchedulePatch
{
    public string? Name { get; init; }

    /// <summary>To null: none.</summary>
    public Change<Guid?>? ProjectId { get; init; }

    /// <summary>Takes the place of cron, unless that is changed as well.</summary>
    public Change<Cadence?>? Cadence { get; init; }

    /// <summary>Takes the place of the cadence, unless that is changed as well.</summary>
    public Change<string?>? Cron { get; init; }

    public string? LocalTime { get; init; }

    public string? TimeZone { get; init; }

    public string? Kind { get; init; }

    /// <summary>The whole payload, replacing what is there.</summary>
    public string? Payload { get; init; }

    public int? MaxAttempts { get; init; }

    public MissedRuns? MissedRuns { get; init; }

    /// <summary>To false: it goes on from now.</summary>
    public bool? IsPaused { get; init; }

    /// <summary>The schedule as it is to be; whether all of it is valid is its own matter.</summary>
    internal NewSchedule Over(Schedule schedule) => new()
    {
        Id = schedule.Id,
        Name = Name ?? schedule.Name,
        ProjectId = ProjectId is { } project ? project.Value : schedule.ProjectId,
        Timetable = schedule.Timetable with
        {
            Cadence = Cadence is { } cadence ? cadence.Value : Cron?.Value is null ? schedule.Timetable.Cadence : null,
            Cron = Cron is { } cron ? cron.Value : Cadence?.Value is null ? schedule.Timetable.Cron : null,
            LocalTime = LocalTime ?? schedule.Timetable.LocalTime,
            TimeZone = TimeZone ?? schedule.Timetable.TimeZone,
        },
        Kind = Kind ?? schedule.Kind,
        Payload = Payload ?? schedule.Payload.ToString(),
        MaxAttempts = MaxAttempts ?? schedule.MaxAttempts,
        MissedRuns = MissedRuns ?? schedule.MissedRuns,
        IsPaused = IsPaused ?? schedule.IsPaused,
    };
}
