using System.Diagnostics;
using System.Text;

namespace Overmind.Bench.Load;

/// <summary>
/// Keeps <see cref="LoadPlan.Clients"/> connections busy. A thread a connection and blocking sockets: on a small machine the
/// generator takes its time from the server it measures, and this costs two system calls a request and nothing else.
/// </summary>
static class LoadGenerator
{
    public static LoadResult Run(LoadPlan plan)
    {
        var requests = plan.Requests.Select(Encoding.UTF8.GetBytes).ToArray();
        var start = Stopwatch.GetTimestamp();
        var counted = start + (long)(plan.WarmupSeconds * Stopwatch.Frequency);
        var end = counted + (long)(plan.Seconds * Stopwatch.Frequency);
        var clients = Enumerable.Range(1, plan.Clients).Select(seed => new Client(plan, requests, seed, counted, end)).ToList();
        var threads = clients.Select(client => new Thread(client.Run)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return new LoadResult(
            Latencies.Of(clients.SelectMany(client => client.Milliseconds), plan.Seconds),
            clients.Sum(client => client.Errors),
            clients.Select(client => client.FirstError).FirstOrDefault(error => error is not null),
            Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds);
    }

    sealed class Client(LoadPlan plan, byte[][] requests, int seed, long counted, long end)
    {
        public List<double> Milliseconds { get; } = new(100_000);

        public int Errors { get; private set; }

        public string? FirstError { get; private set; }

        public void Run()
        {
            var random = new Random(seed);
            using var never = new ManualResetEventSlim();
            using var connection = new KeepAliveConnection(plan.Host, plan.Port);
            // The clients take turns.
            var pause = plan.Rate is { } rate ? Stopwatch.Frequency * plan.Clients / rate : 0;
            var due = Stopwatch.GetTimestamp() + (pause * seed / plan.Clients);
            for (var now = Stopwatch.GetTimestamp(); now < end;)
            {
                if (pause > 0)
                {
                    while (Stopwatch.GetTimestamp() is var early && early < due) never.Wait(Stopwatch.GetElapsedTime(early, due));
                    now = due;
                    due += pause;
                }

                var status = connection.Send(requests[random.Next(requests.Length)]);
                var done = Stopwatch.GetTimestamp();
                if (status is < 200 or > 299)
                {
                    Errors++;
                    FirstError ??= $"{status}: {connection.LastBody()}";
                }
                else if (now >= counted)
                {
                    Milliseconds.Add(Stopwatch.GetElapsedTime(now, done).TotalMilliseconds);
                }
                now = done;
            }
        }
    }
}
