using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Bench.Jobs;

/// <summary>Our own queue, with its worker in this process.</summary>
static class OvermindQueue
{
    const int Batch = 1000;

    public static async Task<QueueFigures> RunAsync(OvermindDatabase database, Claims claims, int jobs, TimeSpan keep, CancellationToken cancellationToken)
    {
        var counter = new NoOpCounter();
        using var host = Host(database, counter, keep, works: true);
        var done = counter.Expect(jobs);
        var service = host.Services.GetRequiredService<JobService>();
        var enqueued = Stopwatch.StartNew();
        for (var i = 0; i < jobs; i += Batch)
            await service.EnqueueAsync(claims, [.. Enumerable.Range(i, Math.Min(Batch, jobs - i)).Select(Job)], cancellationToken);
        enqueued.Stop();

        var worked = Stopwatch.StartNew();
        await host.StartAsync(cancellationToken);
        await done.WaitAsync(cancellationToken);
        // Stopping writes the ends that are left.
        await host.StopAsync(cancellationToken);
        worked.Stop();
        return new QueueFigures("Overmind", jobs / worked.Elapsed.TotalSeconds, jobs / enqueued.Elapsed.TotalSeconds);
    }

    /// <summary>One job after the other, each when the one before has started.</summary>
    public static async Task<Latencies> StartAsync(OvermindDatabase database, Claims claims, int jobs, CancellationToken cancellationToken)
    {
        const int warmup = 50;
        var counter = new NoOpCounter();
        using var host = Host(database, counter, TimeSpan.Zero, works: true);
        await host.StartAsync(cancellationToken);
        var service = host.Services.GetRequiredService<JobService>();
        var milliseconds = new List<double>();
        for (var i = -warmup; i < jobs; i++)
        {
            var started = counter.Expect(1);
            var asked = Stopwatch.GetTimestamp();
            await service.EnqueueAsync(claims, Job(0), cancellationToken);
            await started.WaitAsync(cancellationToken);
            if (i >= 0) milliseconds.Add(Stopwatch.GetElapsedTime(asked, counter.StartOf(0)).TotalMilliseconds);
            await Task.Delay(5, cancellationToken);
        }

        await host.StopAsync(cancellationToken);
        return Latencies.Of(milliseconds, milliseconds.Sum() / 1000);
    }

    public static async Task<Latencies> EnqueueAsync(OvermindDatabase database, Claims claims, double seconds, CancellationToken cancellationToken)
    {
        const int callers = 8;
        using var host = Host(database, new NoOpCounter(), TimeSpan.Zero, works: false);
        var service = host.Services.GetRequiredService<JobService>();
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var milliseconds = new List<double>();
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var start = Stopwatch.GetTimestamp();
                await service.EnqueueAsync(claims, Job(0), cancellationToken);
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return milliseconds;
        })));
        return Latencies.Of(times.SelectMany(t => t), watch.Elapsed.TotalSeconds);
    }

    public static IHost Host(OvermindDatabase database, NoOpCounter counter, TimeSpan keep, bool works)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(counter);
        builder.Services.AddJob<NoOpHandler>(new JobKindOptions { KeepCompleted = keep });
        builder.Services.AddDatabase(database).AddOvermind(options => (options.RunWorker, options.Worker) = (works, new JobWorkerOptions { MaxConcurrency = 24 }));
        return builder.Build();
    }

    static NewJob Job(int number) => NewJob.Of("bench.noop", new NoOpPayload(number));
}
