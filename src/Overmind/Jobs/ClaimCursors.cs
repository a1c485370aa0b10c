using System.Text.Json.Nodes;

namespace Overmind.Jobs;

/// <summary>
/// Where a worker's next claim begins: after its last one, past what finished jobs leave in the index as long as a reader may still see them.
/// What came to stand before the cursors meanwhile (a higher priority, another organization, a job that was given back) is found by a sweep
/// from the beginning: when the worker was told of a job, when the cursors have no more, and every so often.
/// </summary>
sealed class ClaimCursors(TimeProvider time)
{
    /// <summary>A sweep may take this part of the worker's time: under a long-running reader it passes over all that was finished since.</summary>
    const int SweepShare = 20;

    static readonly TimeSpan SweepAtLeast = TimeSpan.FromMilliseconds(500);

    /// <summary>A sweep that takes no longer finds the next job as soon as a claim by cursors, which may have to be followed by one.</summary>
    static readonly TimeSpan SweepIsCheap = TimeSpan.FromMilliseconds(5);

    readonly Dictionary<(string Kind, Guid Tenant), ClaimCursor> _last = [];
    TimeSpan _sweepEvery = SweepAtLeast;
    long _swept;
    Guid? _after;

    /// <summary>Null for a sweep.</summary>
    public string? ToJson()
    {
        if (_last.Count == 0 || time.GetElapsedTime(_swept) >= _sweepEvery) return null;
        var pairs = new JsonArray();
        foreach (var ((kind, tenant), last) in _last)
            pairs.Add(new JsonObject
            {
                ["kind"] = kind,
                ["tenant"] = tenant,
                ["priority"] = last.Priority,
                ["run_at"] = last.RunAt.UtcDateTime.ToString("O"),
                ["id"] = last.Id,
            });
        return pairs.ToJsonString();
    }

    /// <summary>The organization after which a sweep begins: with many of them each sweep takes up where the last one ended.</summary>
    public Guid? After => _after;

    public void Reset() => _last.Clear();

    public void Claimed(bool swept, long started, int limit, IReadOnlyList<Job> jobs)
    {
        var took = time.GetElapsedTime(started);
        if (swept)
        {
            _last.Clear();
            _swept = time.GetTimestamp();
            _sweepEvery = took * SweepShare > SweepAtLeast ? took * SweepShare : SweepAtLeast;
        }

        foreach (var job in jobs)
        {
            var pair = (job.Kind, job.OrganizationId ?? Guid.Empty);
            var at = ClaimCursor.Of(job);
            if (!_last.TryGetValue(pair, out var last) || at.IsAfter(last)) _last[pair] = at;
        }

        if (swept)
            _after = jobs.Count < limit ? null : jobs.Select(j => j.OrganizationId ?? Guid.Empty).MaxBy(id => id.ToString("N"), StringComparer.Ordinal);
        if (jobs.Count < limit && (!swept || took < SweepIsCheap))
            _last.Clear();
    }
}
