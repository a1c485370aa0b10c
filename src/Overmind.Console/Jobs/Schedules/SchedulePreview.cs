namespace Overmind.WebConsole.Jobs.Schedules;

/// <summary>What a timetable means.</summary>
/// <param name="Words">Null when it is not valid.</param>
/// <param name="Error">What is wrong with it; null: nothing.</param>
public sealed record SchedulePreview(IReadOnlyList<NextRun> Runs, string? Words, string? Error);
