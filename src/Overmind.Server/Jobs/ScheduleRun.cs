namespace Overmind.Server.Jobs;

/// <summary>A job that a schedule made because somebody asked for it.</summary>
public sealed record ScheduleRun(Guid ScheduleId, Guid JobId)
{
    /// <summary>Always <c>schedule.run</c>.</summary>
    public string Object { get; } = "schedule.run";
}
