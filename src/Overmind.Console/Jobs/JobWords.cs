using Overmind.Jobs;

namespace Overmind.WebConsole.Jobs;

/// <summary>Jobs in words and figures.</summary>
public static class JobWords
{
    const int SummaryLength = 160;

    /// <summary>The colour of a state: good, warn, bad, accent, or none.</summary>
    public static string Tone(JobStatus status) => status switch
    {
        JobStatus.Completed => "good",
        JobStatus.Failed => "bad",
        JobStatus.Blocked => "warn",
        JobStatus.Processing => "accent",
        _ => "",
    };

    /// <summary>From its being enqueued to its first start, or until now, in milliseconds; null when it never started.</summary>
    public static long? WaitedMs(JobItem job, DateTimeOffset now) =>
        Milliseconds(job.CreatedAt, job.PickedUpAt ?? (job.Status is JobStatus.Pending or JobStatus.Blocked ? now : null));

    /// <summary>From its last start to its end, or until now, in milliseconds; null when it does not and did not run.</summary>
    public static long? RanMs(JobItem job, DateTimeOffset now) =>
        Milliseconds(job.LastAttemptAt, job.CompletedAt ?? (job.Status is JobStatus.Processing ? now : null));

    /// <summary>What tells it from others of its kind: what went wrong, else what it is about.</summary>
    public static string Summary(JobItem job)
    {
        var text = job.LastError is { } error && job.Status is not JobStatus.Completed ? error : job.UniqueKey ?? job.Payload.ToString();
        return text is "{}" ? "" : text.Length > SummaryLength ? text[..SummaryLength] + "…" : text;
    }

    /// <summary>How often it was begun, of how often it may be, as <c>2 of 3</c>.</summary>
    public static string Attempts(JobItem job) => $"{job.AttemptCount} of {job.MaxAttempts}";

    static long? Milliseconds(DateTimeOffset? from, DateTimeOffset? to) =>
        to - from is { } span ? Math.Max(0, (long)span.TotalMilliseconds) : null;
}
