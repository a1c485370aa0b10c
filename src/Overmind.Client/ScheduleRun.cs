namespace Overmind.Client;

/// <summary>A job that a schedule made because somebody asked for it.</summary>
public sealed record ScheduleRun(Guid ScheduleId, Guid JobId);
