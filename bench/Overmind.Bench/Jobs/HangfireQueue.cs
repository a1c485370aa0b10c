using System.Diagnostics;
using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace Overmind.Bench.Jobs;

/// <summary>Hangfire on PostgreSQL, with its server in this process.</summary>
static class HangfireQueue
{
    static readonly NoOpCounter Counter = new();

    public static async Task<QueueFigures> RunAsync(string connectionString, int jobs, CancellationToken cancellationToken)
    {
        var options = new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(50) };
        var storage = new PostgreSqlStorage(new NpgsqlConnectionFactory(connectionString, options), options);
        var client = new BackgroundJobClient(storage);
        var done = Counter.Expect(jobs);
        for (var i = 0; i < jobs; i++)
        {
            var number = i;
            client.Enqueue(() => Do(number));
        }

        var worked = Stopwatch.StartNew();
        using var server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = 24 }, storage);
        await done.WaitAsync(cancellationToken);
        return new QueueFigures("Hangfire.PostgreSql", jobs / worked.Elapsed.TotalSeconds, 0);
    }

    /// <summary>Called by Hangfire.</summary>
    public static void Do(int number) => Counter.Started(number);
}
