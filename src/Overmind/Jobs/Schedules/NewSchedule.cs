using Overmind.Errors;

namespace Overmind.Jobs.Schedules;

/// <summary>A schedule to be made.</summary>
public sealed record NewSchedule
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>A project of the caller's; null for none.</summary>
    public Guid? ProjectId { get; init; }

    public required Timetable Timetable { get; init; }

    /// <summary>Kind of its jobs.</summary>
    public required string Kind { get; init; }

    /// <summary>Payload of its jobs, a JSON object; default empty.</summary>
    public string Payload { get; init; } = "{}";

    /// <summary>1 to 100; default 3.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Default: the latest missed run happens once.</summary>
    public MissedRuns MissedRuns { get; init; } = MissedRuns.RunOnce;

    /// <summary>Made paused, it waits until it is resumed.</summary>
    public bool IsPaused { get; init; }

    /// <exception cref="OvermindException">A value is not valid.</exception>
    internal void Check()
    {
        var checks = default(Checks);
        checks.Text("name", Name, 1, 255);
        Timetable.Check(ref checks);
        checks.Require(MaxAttempts is >= 1 and <= 100, "max_attempts", $"max_attempts is 1 to 100, not {MaxAttempts}.");
        checks.ThrowIfAny();
    }
}
