using NodaTime;

namespace Overmind.Jobs.Schedules;

/// <summary>A schedule whose time has come.</summary>
/// <param name="Due">The time that was awaited.</param>
/// <param name="Now">What the database's clock showed, which is the same for all nodes.</param>
sealed record DueSchedule(Guid Id, Timetable Timetable, MissedRuns MissedRuns, Instant Due, Instant Now);
