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

    readonly ConcurrentDictionary<Guid, RunningJob> _held = [];
    readonly ConcurrentQueue<long> _endedClaims = [];
    readonly Channel<RunningJob> _line = Channel.CreateUnbounded<RunningJob>();
    readonly Channel<(RunningJob Job, JobEnd End)> _ends = Channel.CreateUnbounded<(RunningJob, JobEnd)>(new UnboundedChannelOptions { SingleReader = true });
    double _averageMs = AheadMs;
    int _count;

    /// <summary>Called when there is room for more, with the kind of the job that made it.</summary>
    public Action<JobKind> Freed { get; init; } = _ => { };

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

    /// <summary>Puts the jobs of a claim in line.</summary>
    public void Add(IReadOnlyList<Job> jobs, IReadOnlyDictionary<string, JobKind> kinds, CancellationToken lettingGo)
    {
        if (jobs.Count == 0) return;
        var (claim, now) = (new JobClaim(jobs[0].LeaseToken, jobs.Count), time.GetTimestamp());
        foreach (var job in jobs) Add(new RunningJob(job, kinds[job.Kind], claim, lettingGo) { Claimed = now });
    }

    void Add(RunningJob running)
    {
        // A job whose lease was lost may come back to this node while it is still letting go.
        if (_held.TryGetValue(running.Job.Id, out var lost)) Lose(lost);
        _held[running.Job.Id] = running;
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

    /// <summary>Takes the claims whose jobs have all ended since it was last asked: they are to be told to the queue. What is not told runs out.</summary>
    public long[] TakeEndedClaims()
    {
        var ended = new List<long>();
        while (_endedClaims.TryDequeue(out var token)) ended.Add(token);
        return [.. ended];
    }

    /// <summary>Gives jobs back that still wait for a slot, for another worker to do: all, or those that have waited for longer than a time.</summary>
    public async Task GiveBackAsync(TimeSpan longerThan, CancellationToken cancellationToken)
    {
        foreach (var running in _held.Values.Where(r => !r.IsStarted && time.GetElapsedTime(r.Claimed) >= longerThan))
            if (running.TryGiveBack())
            {
                try
                {
                    await store.GiveBackAsync(running.Job, cancellationToken);
                }
                catch
                {
                    running.Claim.Doubt();
                    throw;
                }

                Remove(running);
                Freed(running.Kind);
            }
    }

    async Task RunAsync()
    {
        await foreach (var running in _line.Reader.ReadAllAsync())
        {
            if (!running.TryStart())
            {
                Remove(running);
                Freed(running.Kind);
                continue;
            }

            var started = time.GetTimestamp();
            var end = await runner.RunAsync(running);
            var took = time.GetElapsedTime(started).TotalMilliseconds;
            Volatile.Write(ref _averageMs, Volatile.Read(ref _averageMs) * 0.95 + took * 0.05);
            if (end is not null)
            {
                _ends.Writer.TryWrite((running, end));
                continue;
            }

            Remove(running);
            Freed(running.Kind);
        }
    }

    async Task EndAsync()
    {
        var ends = new List<(RunningJob Job, JobEnd End)>();
        while (await _ends.Reader.WaitToReadAsync())
        {
            while (ends.Count < MaxEnds && _ends.Reader.TryRead(out var end)) ends.Add(end);
            await WriteAsync(ends);
            foreach (var (job, _) in ends) Remove(job);
            foreach (var kind in ends.Select(e => e.Job.Kind).Distinct()) Freed(kind);
            ends.Clear();
        }
    }

    /// <summary>What cannot be written is taken back by the queue, and done again.</summary>
    async Task WriteAsync(List<(RunningJob Job, JobEnd End)> ends)
    {
        try
        {
            using var timeout = new CancellationTokenSource(JobRunner.StopTimeout, time);
            await store.CompleteAsync([.. ends.Select(e => e.End)], TakeEndedClaims(), timeout.Token);
        }
        catch (Exception e)
        {
            foreach (var (job, _) in ends) job.Claim.Doubt();
            logger.JobEndsNotWritten(e, ends.Count);
        }
    }

    void Remove(RunningJob running)
    {
        if (!running.TryDispose()) return;
        _held.TryRemove(new KeyValuePair<Guid, RunningJob>(running.Job.Id, running));
        Interlocked.Decrement(ref _count);
        if (running.Claim.End()) _endedClaims.Enqueue(running.Claim.Token);
    }
}
