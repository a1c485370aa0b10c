using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Jobs;

/// <summary>
/// Works on jobs: claims them, hands them to the handlers of their kinds, renews their leases. A node that stops gives its jobs back,
/// after a grace if it has one; one that loses its connection has lost its lock, lets its jobs go and starts anew.
/// </summary>
public sealed class JobWorker(
    JobStore store, UnpooledDataSource source, NotificationListener listener, JobKinds registered, JobRunner runner, JobWorkerOptions options,
    TimeProvider time, ILogger<JobWorker> logger)
    : BackgroundService
{
    static readonly TimeSpan Reconnect = TimeSpan.FromMilliseconds(500);

    readonly JobKind[] _kinds = [.. options.Kinds is { } chosen ? chosen.Select(registered.Get) : registered.All];
    readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly string _name = $"{Environment.MachineName}:{Environment.ProcessId}";
    JobSlots? _slots;
    volatile bool _isMore = true;

    /// <summary>True while the worker has its lock and claims jobs.</summary>
    public bool IsAlive { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        listener.Subscribe("job_available", _ => Wake());
        listener.Subscribe("job_cancel", Cancel);
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
        using var ending = new CancellationTokenSource();
        using var lettingGo = new CancellationTokenSource();
        var holding = session.HoldAsync(ending.Token);
        var slots = _slots = new JobSlots(store, runner, options, time, logger) { Freed = Freed };
        var working = slots.WorkAsync();
        try
        {
            await ClaimAsync(session, slots, holding, lettingGo.Token, stoppingToken);
        }
        finally
        {
            IsAlive = false;
            slots.Close();
            if (stoppingToken.IsCancellationRequested)
                await DrainAsync(session, slots, working, holding);
            else
                // The lock is about to go: others may take the jobs from here on.
                foreach (var running in slots.Held) running.Lose();
            await lettingGo.CancelAsync();
            await working.WaitAsync(JobRunner.StopTimeout * 2, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ending.CancelAsync();
            await holding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Lets what runs go on for the grace, with its leases.</summary>
    async Task DrainAsync(WorkerSession session, JobSlots slots, Task working, Task holding)
    {
        var began = time.GetTimestamp();
        try
        {
            using var timeout = new CancellationTokenSource(JobRunner.StopTimeout, time);
            await slots.GiveBackAsync(TimeSpan.Zero, timeout.Token);
            while (time.GetElapsedTime(began) < options.Grace && !working.IsCompleted && !holding.IsCompleted)
            {
                var left = options.Grace - time.GetElapsedTime(began);
                await Task.WhenAny(working, holding, Task.Delay(left < options.Heartbeat ? left : options.Heartbeat, time, CancellationToken.None));
                await RenewAsync(session, slots, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            logger.WorkerHindered(e);
        }
    }

    async Task ClaimAsync(WorkerSession session, JobSlots slots, Task holding, CancellationToken lettingGo, CancellationToken stoppingToken)
    {
        var kinds = _kinds.Select(k => k.Name).ToArray();
        var byName = _kinds.ToDictionary(k => k.Name, StringComparer.Ordinal);
        var cursors = new ClaimCursors(time);
        long? beaten = null;
        while (true)
        {
            TimeSpan? wait = options.Poll;
            try
            {
                if (beaten is null || time.GetElapsedTime(beaten.Value) >= options.Heartbeat)
                {
                    var first = beaten is null;
                    beaten = time.GetTimestamp();
                    await RenewAsync(session, slots, stoppingToken);
                    if (!first) await slots.GiveBackAsync(options.Heartbeat, stoppingToken);
                    await store.ReleaseDeadAsync(stoppingToken);
                    await store.RecordWorkerAsync(session.LockKey, _name, kinds, options.MaxConcurrency, slots.Count, stoppingToken);
                }

                if (slots.Free() is > 0 and var free)
                {
                    var (from, after, started) = (cursors.ToJson(), cursors.After, time.GetTimestamp());
                    var (jobs, next) = await store.ClaimAsync(
                        kinds, _name, session.LockKey, free, options.Lease, slots.Limits(_kinds), from, from is null ? after : null, stoppingToken);
                    slots.Add(jobs, byName, lettingGo);
                    _isMore = cursors.Claimed(from is null, started, free, jobs);
                    wait = _isMore ? null : Min(Min(options.Poll, next - time.GetUtcNow() ?? options.Poll), cursors.NextSweep ?? options.Poll);
                }
                else
                {
                    // It may have been told of a job just now.
                    _isMore = true;
                }

                IsAlive = true;
            }
            catch (NpgsqlException e)
            {
                // While the session lives so does the lock; what could not be renewed in time is fenced off.
                logger.WorkerHindered(e);
            }

            if (wait is null && slots.Free() > 0)
                stoppingToken.ThrowIfCancellationRequested();
            else
                await WaitAsync(holding, Min(wait ?? options.Poll, options.Heartbeat - time.GetElapsedTime(beaten!.Value)), stoppingToken);
            if (holding.IsCompleted) await holding;
        }
    }

    /// <summary>Until there may be a job or a slot, or it is time to look or to renew.</summary>
    async Task WaitAsync(Task holding, TimeSpan wait, CancellationToken stoppingToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var delay = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, timeout.Token);
        var wake = _wakes.Reader.ReadAsync(timeout.Token).AsTask();
        await Task.WhenAny(holding, wake, delay);
        await timeout.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    async Task RenewAsync(WorkerSession session, JobSlots slots, CancellationToken cancellationToken)
    {
        var held = slots.Held;
        if (held.Count == 0) return;
        var renewed = (await store.RenewAsync(
            session.LockKey, [.. held.Select(r => r.Claim.Token).Distinct()], [.. held.Select(r => r.Job.Id)], slots.TakeEndedClaims(), options.Lease,
            cancellationToken)).ToDictionary();
        foreach (var running in held)
            if (!renewed.TryGetValue(running.Claim.Token, out var cancelled)) slots.Lose(running);
            else if (cancelled.Contains(running.Job.Id)) Cancel(running);
    }

    /// <param name="id">Null when some may have been missed: renewing tells of them.</param>
    void Cancel(string? id)
    {
        if (!Guid.TryParse(id, out var jobId)) return;
        foreach (var running in _slots?.Held ?? [])
            if (running.Job.Id == jobId) Cancel(running);
    }

    /// <summary>A job that carries another resource is cancelled by way of that.</summary>
    static void Cancel(RunningJob running)
    {
        if (running.Kind.Options.CarriedBy is null) running.Cancel();
    }

    void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Nothing to look for when the last claim brought all there was: of what comes, the worker is told. A limit may have held some back.</summary>
    void Freed(JobKind kind)
    {
        if (_isMore || kind.Options.IsLimited) Wake();
    }

    static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
