using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Overmind.Jobs;

/// <summary>
/// The jobs in a worker's hands: those that run, those that wait for a slot, and those whose end is still to be written. Ends are written
/// together: while one statement is under way the next one's gather, so that neither waits for a timer.
/// </summary>
sealed class JobSlots(JobStore store, JobRunner runner, JobWorkerOptions options, TimeProvider time, ILogger logger)
{
    const int MaxEnds = 1000;

    /// <summary>How much work is claimed ahead.</summary>
    const double AheadMs = 25;

    /// <summary>By lease token: a job whose lease was lost may come back to this node while it is still letting go.</summary>
    readonly ConcurrentDictionary<long, RunningJob> _held = [];
    readonly ConcurrentDictionary<Guid, RunningJob> _latest = [];
    readonly Channel<RunningJob> _line = Channel.CreateUnbounded<RunningJob>();
    readonly Channel<JobEnd> _ends = Channel.CreateUnbounded<JobEnd>(new UnboundedChannelOptions { SingleReader = true });
    double _averageMs = AheadMs;
    int _count;

    /// <summary>Called when there is room for more.</summary>
    public Action Freed { get; init; } = () => { };

    public IReadOnlyCollection<RunningJob> Held => [.. _held.Values];

    /// <summary>Counted beside the dictionary, whose own count takes all of its locks.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many jobs to claim now; 0 when it is better to wait until more can be claimed at once.</summary>
    public int Free()
    {
        var ahead = (int)Math.Min(options.MaxAhead, options.MaxConcurrency * (AheadMs / Math.Max(Volatile.Read(ref _averageMs), 0.001) - 1));
        var free = options.MaxConcurrency + Math.Max(ahead, 0) - Count;
        return free * 2 >= ahead || Count < options.MaxConcurrency ? Math.Max(free, 0) : 0;
    }

    /// <summary>What is left of the kinds that have limits, as <c>overmind.claim_jobs</c> takes it.</summary>
    public string Limits(IEnumerable<JobKind> kinds)
    {
        var limits = new JsonObject();
        foreach (var kind in kinds)
        {
            var rules = new JsonObject();
            if (kind.Options.Concurrency is { } slots) rules["slots"] = Math.Max(slots - _held.Values.Count(r => r.Kind.Name == kind.Name), 0);
            if (kind.Options.GlobalConcurrency is { } all) rules["all"] = all;
            if (kind.Options.ConcurrencyPerOrganization is { } organization) rules["organization"] = organization;
            if (rules.Count > 0) limits[kind.Name] = rules;
        }

        return limits.ToJsonString();
    }

    public void Add(RunningJob running)
    {
        if (_latest.TryGetValue(running.Job.Id, out var lost)) Lose(lost);
        _latest[running.Job.Id] = running;
        _held[running.Job.LeaseToken] = running;
        Interlocked.Increment(ref _count);
        _line.Writer.TryWrite(running);
    }

    /// <summary>Works until the line is closed.</summary>
    public async Task WorkAsync()
    {
        var ending = EndAsync();
        await Task.WhenAll(Enumerable.Range(0, options.MaxConcurrency).Select(_ => Task.Run(RunAsync)));
        _ends.Writer.Complete();
        await ending;
    }

    public void Close() => _line.Writer.TryComplete();

    public void Lose(RunningJob running)
    {
        if (running.Lose()) logger.LeaseLost(running.Job.Id, running.Job.Kind);
    }

    /// <summary>Gives jobs back that still wait for a slot, for another worker to do: all, or those that have waited for longer than a time.</summary>
    public async Task GiveBackAsync(TimeSpan longerThan, CancellationToken cancellationToken)
    {
        foreach (var running in _held.Values.Where(r => !r.IsStarted && time.GetElapsedTime(r.Claimed) >= longerThan))
            if (running.TryGiveBack())
            {
                await store.GiveBackAsync(running.Job, cancellationToken);
                Remove(running.Job);
                Freed();
            }
    }

    async Task RunAsync()
    {
        await foreach (var running in _line.Reader.ReadAllAsync())
        {
            if (!running.TryStart())
            {
                Remove(running.Job);
                Freed();
                continue;
            }

            var started = time.GetTimestamp();
            var end = await runner.RunAsync(running);
            var took = time.GetElapsedTime(started).TotalMilliseconds;
            Volatile.Write(ref _averageMs, Volatile.Read(ref _averageMs) * 0.95 + took * 0.05);
            if (end is not null)
            {
                _ends.Writer.TryWrite(end);
                continue;
            }

            Remove(running.Job);
            Freed();
        }
    }

    async Task EndAsync()
    {
        var ends = new List<JobEnd>();
        while (await _ends.Reader.WaitToReadAsync())
        {
            while (ends.Count < MaxEnds && _ends.Reader.TryRead(out var end)) ends.Add(end);
            await WriteAsync(ends);
            foreach (var end in ends) Remove(end.Job);
            Freed();
            ends.Clear();
        }
    }

    /// <summary>What cannot be written is left to the end of its lease, and done again.</summary>
    async Task WriteAsync(List<JobEnd> ends)
    {
        try
        {
            using var timeout = new CancellationTokenSource(JobRunner.StopTimeout, time);
            await store.CompleteAsync(ends, timeout.Token);
        }
        catch (Exception e)
        {
            logger.JobEndsNotWritten(e, ends.Count);
        }
    }

    void Remove(Job job)
    {
        if (!_held.TryRemove(job.LeaseToken, out var running)) return;
        _latest.TryRemove(new KeyValuePair<Guid, RunningJob>(job.Id, running));
        Interlocked.Decrement(ref _count);
        running.Dispose();
    }
}
