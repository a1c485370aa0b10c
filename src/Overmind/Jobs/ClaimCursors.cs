using System.Text.Json.Nodes;

namespace Overmind.Jobs;

/// <summary>
/// Where a worker's next claim begins: after its last one, past what finished jobs leave in the index as long as nobody has cleaned it or a reader
/// may still see them. What came to stand before the cursors meanwhile (a higher priority, another organization, a job that was given back) is
/// found by a sweep from the beginning: when the cursors have no more, and every so often. A worker that is not busy sweeps each time, unless that takes long.
/// </summary>
sealed class ClaimCursors(TimeProvider time)
{
    /// <summary>A sweep may take this part of the worker's time.</summary>
    const int SweepShare = 20;

    static readonly TimeSpan SweepAtLeast = TimeSpan.FromMilliseconds(500);

    /// <summary>A sweep that takes no longer finds the next job as soon as a claim by cursors, which may have to be followed by one.</summary>
    static readonly TimeSpan SweepIsCheap = TimeSpan.FromMilliseconds(5);

    /// <summary>One that takes longer follows on claims that came to their end only after this many times as long.</summary>
    const int Rest = 5;

    /// <summary>Of more ranges than a sweep looks into, a claim would rather look for those that have jobs.</summary>
    const int MostRanges = 64;

    readonly Dictionary<(string Kind, Guid Tenant), ClaimCursor> _last = [];
    TimeSpan _sweepTook;
    long _swept;
    bool _isSweepDue = true;
    bool _isSweepOwed;

    /// <summary>The organization after which a sweep begins: with many of them each sweep takes up where the last one ended.</summary>
    public Guid? After { get; private set; }

    /// <summary>When to sweep though nobody tells of a job; null: there is no need.</summary>
    public TimeSpan? NextSweep => _isSweepOwed ? Until(_sweepTook * Rest) : null;

    bool IsSweepCheap => _sweepTook <= SweepIsCheap;

    TimeSpan Every => _sweepTook * SweepShare > SweepAtLeast ? _sweepTook * SweepShare : SweepAtLeast;

    /// <summary>Null for a sweep.</summary>
    public string? ToJson()
    {
        if (_last.Count == 0 || _isSweepDue || Until(Every) <= TimeSpan.Zero || NextSweep <= TimeSpan.Zero) return null;
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

    /// <summary>Takes note of a claim. False when it brought all there was, as far as that can be told without a sweep that takes long.</summary>
    public bool Claimed(bool swept, long started, int limit, IReadOnlyList<Job> jobs)
    {
        if (swept)
        {
            (_swept, _sweepTook, _isSweepDue) = (time.GetTimestamp(), time.GetElapsedTime(started), false);
            if (IsSweepCheap || _last.Count > MostRanges) _last.Clear();
        }

        foreach (var job in jobs)
        {
            var pair = (job.Kind, job.OrganizationId ?? Guid.Empty);
            var at = ClaimCursor.Of(job);
            if (!_last.TryGetValue(pair, out var last) || at.IsAfter(last)) _last[pair] = at;
        }

        var isFull = jobs.Count == limit;
        if (swept)
        {
            var beganAmid = After is not null;
            After = isFull ? jobs.Select(j => j.OrganizationId ?? Guid.Empty).MaxBy(id => id.ToString("N"), StringComparer.Ordinal) : null;
            _isSweepOwed = false;
            _isSweepDue = !isFull && (IsSweepCheap || beganAmid);
            return isFull || beganAmid;
        }

        // Who was told of a job and does not find it has to look for it; who has found one may have been told of another.
        _isSweepDue = !isFull && (IsSweepCheap || Until(_sweepTook * (jobs.Count == 0 ? 1 : Rest)) <= TimeSpan.Zero);
        _isSweepOwed = !isFull && !_isSweepDue;
        return isFull || _isSweepDue;
    }

    TimeSpan Until(TimeSpan after) => after - time.GetElapsedTime(_swept);
}
