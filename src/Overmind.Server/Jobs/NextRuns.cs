namespace Overmind.Server.Jobs;

/// <summary>When a schedule is due next, in its zone's local time with offset.</summary>
public sealed record NextRuns(IReadOnlyList<DateTimeOffset> Runs)
{
    /// <summary>Always <c>schedule.next_runs</c>.</summary>
    public string Object { get; } = "schedule.next_runs";
}
