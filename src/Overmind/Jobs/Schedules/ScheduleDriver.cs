using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Jobs.Schedules;

/// <summary>
/// Makes jobs of schedules when they are due. It runs on every node and sleeps until the first is due, or one changes;
/// whichever node comes first fires, and the others find nothing to do.
/// </summary>
sealed class ScheduleDriver(
    ScheduleStore store, NotificationListener listener, IEnumerable<InstallationSchedule> installation, TimeProvider time, ILogger<ScheduleDriver> logger)
    : BackgroundService
{
    const int Batch = 100;

    /// <summary>
    /// The longest sleep. A machine that was suspended, or whose clock was set, wakes up late by its own timer: it then looks at the database's clock.
    /// </summary>
    static readonly TimeSpan MaxSleep = TimeSpan.FromMinutes(1);

    static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        listener.Subscribe("schedule_changed", _ => _changes.Writer.TryWrite(true));
        var kept = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var sleep = Retry;
            try
            {
                if (!kept) await KeepAsync(stoppingToken);
                kept = true;
                sleep = await FireAsync(stoppingToken) is { } wait && wait < MaxSleep ? wait : MaxSleep;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException or ObjectDisposedException)
            {
                logger.SchedulesNotFired(e);
            }

            await SleepAsync(sleep, stoppingToken);
        }
    }

    Task KeepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var schedules = installation.Select(s => (s, new Timetable { Cron = s.Cron }.NextRuns(now, 1)[0])).ToList();
        return schedules.Count == 0 ? Task.CompletedTask : store.KeepAsync(schedules, cancellationToken);
    }

    /// <summary>Fires what is due; returns how long it is until more is.</summary>
    async Task<TimeSpan?> FireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (due, wait) = await store.DueAsync(Batch, cancellationToken);
            if (due.Count == 0) return wait;
            await store.FireAsync(due.Select(schedule => (schedule, Firing(schedule))), cancellationToken);
        }
    }

    /// <summary>One that cannot be read, because it was written past the rules or its zone is no more, is due no more; it must not hold up the others.</summary>
    Firing Firing(DueSchedule schedule)
    {
        try
        {
            var checks = default(Checks);
            schedule.Timetable.Check(ref checks);
            checks.ThrowIfAny();
            return Schedules.Firing.Of(schedule.Timetable.Calendar(), schedule.MissedRuns, schedule.Due, schedule.Now);
        }
        catch (OvermindException invalid)
        {
            logger.ScheduleInvalid(invalid, schedule.Id);
            return new Firing([], null);
        }
    }

    async Task SleepAsync(TimeSpan sleep, CancellationToken stoppingToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var delay = Task.Delay(sleep > TimeSpan.Zero ? sleep : TimeSpan.Zero, time, timeout.Token);
        await Task.WhenAny(_changes.Reader.ReadAsync(timeout.Token).AsTask(), delay);
        await timeout.CancelAsync();
    }
}
