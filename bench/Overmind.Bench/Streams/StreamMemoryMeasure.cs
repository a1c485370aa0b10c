using System.Diagnostics;
using System.Globalization;

namespace Overmind.Bench.Streams;

/// <summary>
/// Memory of the server's process while its runs stream: 50, 100 and 200 of them at once, each to a reader of its own, who gets a piece of text in each half
/// second. What counts is that it does not grow while they go on.
/// </summary>
sealed class StreamMemoryMeasure(StreamStage stage, BenchOptions options)
{
    /// <summary>At once at most.</summary>
    public const int Most = 200;

    int _events;

    public async Task<IReadOnlyList<StreamMemory>> RunAsync(CancellationToken cancellationToken)
    {
        var memory = new List<StreamMemory> { await SampleAsync(0, hasAim: false, cancellationToken) };
        stage.Provider.Hold();
        var streams = new List<Task>();
        foreach (var count in (int[])[50, 100, Most])
        {
            var begun = new List<Task>();
            while (streams.Count < count)
            {
                var began = new TaskCompletionSource();
                streams.Add(StreamAsync(began, cancellationToken));
                begun.Add(began.Task);
            }

            // Of those, one that ends has failed.
            var all = Task.WhenAll(begun);
            await await Task.WhenAny([all, .. streams]);
            await all;
            memory.Add(await SampleAsync(count, hasAim: count == Most, cancellationToken));
        }

        stage.Provider.Release();
        await Task.WhenAll(streams);
        memory.Add(await SampleAsync(0, hasAim: false, cancellationToken));
        return memory;
    }

    /// <param name="began">Done when the first text has come.</param>
    async Task StreamAsync(TaskCompletionSource began, CancellationToken cancellationToken)
    {
        var client = stage.Client();
        var runId = await StreamStage.AskAsync(client, StreamStage.OneAgent, cancellationToken);
        await foreach (var happened in client.Runs.StreamAsync(runId, cancellationToken: cancellationToken))
        {
            Interlocked.Increment(ref _events);
            if (happened.Type == "step.delta") began.TrySetResult();
            if (happened.Type is "run.failed" or "run.cancelled") throw new InvalidOperationException($"A run ended with {happened.Type}: {happened.Data}");
        }
    }

    async Task<StreamMemory> SampleAsync(int streams, bool hasAim, CancellationToken cancellationToken)
    {
        var samples = new List<double>();
        var watch = Stopwatch.StartNew();
        var before = Volatile.Read(ref _events);
        while (watch.Elapsed.TotalSeconds < options.Seconds || samples.Count < 4)
        {
            samples.Add(Megabytes());
            await Task.Delay(250, cancellationToken);
        }

        var events = (Volatile.Read(ref _events) - before) / watch.Elapsed.TotalSeconds;
        var quarter = samples.Count / 4;
        return new StreamMemory(streams, events, samples.Take(quarter).Average(), samples.TakeLast(quarter).Average(), hasAim);
    }

    double Megabytes()
    {
        var line = File.ReadLines($"/proc/{stage.Server.ProcessId}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
