using System.Text.Json;
using Overmind.Jobs;

namespace Overmind.WebConsole.Jobs;

/// <summary>What happened to a job and what will, from what its row tells.</summary>
public static class JobLife
{
    /// <summary>Nothing is due for so long that it is worth a line.</summary>
    static readonly TimeSpan Later = TimeSpan.FromSeconds(1);

    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<JobMoment> Of(JobItem job)
    {
        List<JobMoment> moments = [new(job.CreatedAt, "Enqueued")];
        if (job.PickedUpAt is { } picked) moments.Add(new(picked, "First picked up by a worker"));
        foreach (var error in job.Errors.Parse().EnumerateArray())
            moments.Add(new(error.GetProperty("at").GetDateTimeOffset(), $"Attempt {error.GetProperty("attempt").GetInt32()} failed", "bad", error.GetProperty("error").GetString()));
        if (job.LastAttemptAt is { } last && job.LastAttemptAt != job.PickedUpAt) moments.Add(new(last, $"Attempt {job.AttemptCount} began"));
        if (job.CancelRequestedAt is { } asked) moments.Add(new(asked, "Asked to stop", "warn"));
        // The order in which they were added stays where two have the same time.
        List<JobMoment> life = [.. moments.OrderBy(m => m.At)];
        if (job.CompletedAt is { } ended) life.Add(End(job.Status, ended));
        else if (Next(job) is { } next) life.Add(next);
        return life;
    }

    static JobMoment End(JobStatus status, DateTimeOffset at) => status switch
    {
        JobStatus.Completed => new(at, "Completed", "good"),
        JobStatus.Failed => new(at, "Given up", "bad"),
        _ => new(at, "Cancelled"),
    };

    static JobMoment? Next(JobItem job) => job.Status is JobStatus.Pending && (job.AttemptCount > 0 || job.RunAt > job.CreatedAt + Later)
        ? new(job.RunAt, $"Attempt {job.AttemptCount + 1} is due", "accent")
        : null;
}
