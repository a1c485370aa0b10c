using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Jobs;

/// <summary>
/// Works on jobs: claims them, hands them to the handler of their kind, renews their leases. A node that stops gives its jobs back at once;
/// one that loses its connection has lost its lock, lets its jobs go and starts anew.
/// </summary>
public sealed class JobWorker(
    JobStore store, UnpooledDataSource source, NotificationListener listener, IEnumerable<IJobHandler> handlers, JobWorkerOptions options,
    TimeProvider time, ILogger<JobWorker> logger)
    : BackgroundService
{
    static readonly TimeSpan Reconnect = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a stopping node waits for its jobs to let go, and for the database to take them back.</summary>
    static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(h => h.Kind);
    /// <summary>By lease token: a job whose lease was lost may come back to this node while it is still letting go.</summary>
    readonly ConcurrentDictionary<long, RunningJob> _running = [];
    readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly string _name = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>True while the worker has its lock and claims jobs.</summary>
    public bool IsAlive { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        listener.Subscribe("job_available", _ => Wake());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var session = await WorkerSession.OpenAsync(source, stoppingToken);
                await WorkAsync(session, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException or ObjectDisposedException)
            {
                logger.WorkerLost(e.Message);
            }

            await Task.Delay(Reconnect, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task WorkAsync(WorkerSession session, CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var holding = session.HoldAsync(ending.Token);
        try
        {
            await ClaimAsync(session, holding, stoppingToken);
        }
        finally
        {
            IsAlive = false;
            // The lock is about to go: unless the node stops, which gives jobs back in order, others may take them from here on.
            foreach (var running in _running.Values)
                if (!stoppingToken.IsCancellationRequested) running.Lose();
            await Task.WhenAll(_running.Values.Select(r => r.Work)).WaitAsync(StopTimeout, time, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ending.CancelAsync();
            await holding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task ClaimAsync(WorkerSession session, Task holding, CancellationToken stoppingToken)
    {
        var kinds = _handlers.Keys.ToArray();
        long? beaten = null;
        while (true)
        {
            try
            {
                if (beaten is null || time.GetElapsedTime(beaten.Value) >= options.Heartbeat)
                {
                    beaten = time.GetTimestamp();
                    await RenewAsync(session, stoppingToken);
                    await store.ReleaseDeadAsync(stoppingToken);
                }

                var free = options.MaxConcurrency - _running.Count;
                if (free > 0)
                    foreach (var job in await store.ClaimAsync(kinds, _name, session.LockKey, free, options.Lease, stoppingToken))
                        Start(job, stoppingToken);
                IsAlive = true;
            }
            catch (NpgsqlException e)
            {
                // While the session lives so does the lock; what could not be renewed in time is fenced off.
                logger.WorkerHindered(e);
            }

            await WaitAsync(holding, beaten!.Value, stoppingToken);
        }
    }

    /// <summary>Until there may be a job or a slot, or it is time to look or to renew. Throws what the lost connection threw.</summary>
    async Task WaitAsync(Task holding, long beaten, CancellationToken stoppingToken)
    {
        var wait = options.Heartbeat - time.GetElapsedTime(beaten);
        if (options.Poll < wait) wait = options.Poll;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var delay = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, timeout.Token);
        var wake = _wakes.Reader.ReadAsync(timeout.Token).AsTask();
        await Task.WhenAny(holding, wake, delay);
        await timeout.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
        if (holding.IsCompleted) await holding;
    }

    async Task RenewAsync(WorkerSession session, CancellationToken stoppingToken)
    {
        var running = _running.Values.ToList();
        if (running.Count == 0) return;
        var held = (await store.RenewAsync(session.LockKey, [.. running.Select(r => r.Job)], options.Lease, stoppingToken)).ToHashSet();
        foreach (var lost in running.Where(r => !held.Contains(r.Job.Id) && _running.ContainsKey(r.Job.LeaseToken))) Lose(lost);
    }

    void Lose(RunningJob running)
    {
        if (running.Lose()) logger.LeaseLost(running.Job.Id, running.Job.Kind);
    }

    void Start(Job job, CancellationToken stoppingToken)
    {
        foreach (var lost in _running.Values.Where(r => r.Job.Id == job.Id)) Lose(lost);
        var running = new RunningJob(job, stoppingToken);
        _running[job.LeaseToken] = running;
        running.Work = Task.Run(
            async () =>
            {
                await DoAsync(running);
                _running.TryRemove(job.LeaseToken, out _);
                running.Dispose();
                Wake();
            },
            CancellationToken.None);
    }

    async Task DoAsync(RunningJob running)
    {
        var job = running.Job;
        var handler = _handlers[job.Kind];
        try
        {
            var outcome = await handler.HandleAsync(job, running.Token);
            if (outcome is JobOutcome.Done) await EndAsync(running, token => store.CompleteAsync(job, token));
        }
        catch (OperationCanceledException) when (running.Token.IsCancellationRequested)
        {
            if (!running.IsLost) await EndAsync(running, token => store.GiveBackAsync(job, token));
        }
        catch (Exception e)
        {
            if (running.IsLost) return;
            logger.JobFailed(e, job.Id, job.Kind, job.AttemptCount, job.MaxAttempts);
            if (job.AttemptCount < job.MaxAttempts)
                await EndAsync(running, token => store.RetryAsync(job, e.Message, time.GetUtcNow() + RetryWait(job.AttemptCount), token));
            else
                await EndAsync(running, async token =>
                {
                    await handler.GiveUpAsync(job, token);
                    await store.FailAsync(job, e.Message, token);
                });
        }
    }

    /// <summary>Writes how a job ended. When that cannot be done the lease runs out, and the job is done again.</summary>
    async Task EndAsync(RunningJob running, Func<CancellationToken, Task> write)
    {
        // Also while the node stops: that is when jobs are given back.
        using var timeout = new CancellationTokenSource(StopTimeout, time);
        try
        {
            await write(timeout.Token);
        }
        catch (Exception e)
        {
            logger.JobEndNotWritten(e, running.Job.Id, running.Job.Kind);
        }
    }

    void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>1 s, 2 s, 4 s, …, at most 5 minutes.</summary>
    static TimeSpan RetryWait(int attempt) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt - 1), 300));
}
