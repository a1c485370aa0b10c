using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.CrashHost;

/// <summary>A watched worker with handlers that end or flood their process.</summary>
static class SupervisedQueue
{
    public const string Verb = "supervised";

    /// <param name="megabytes">What the worker may take before it is killed.</param>
    public static async Task<int> RunAsync(string connectionString, string megabytes)
    {
        if (!WorkerSupervisor.IsChild)
        {
            var options = new WorkerSupervisorOptions
            {
                MemoryLimit = int.Parse(megabytes, CultureInfo.InvariantCulture) * 1024L * 1024,
                FirstDelay = TimeSpan.FromMilliseconds(100),
                Log = Console.WriteLine,
            };
            return await new WorkerSupervisor(options, TimeProvider.System).RunAsync(CancellationToken.None);
        }

        await using var database = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = connectionString });
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddJob<ExitHandler>().AddJob<FloodHandler>().AddJob<NothingHandler>();
        builder.Services.AddDatabase(database).AddOvermind(options => options.Worker = new JobWorkerOptions
        {
            Kinds = ["crash.exit", "crash.flood", "crash.nothing"],
            Heartbeat = TimeSpan.FromMilliseconds(300),
            Poll = TimeSpan.FromMilliseconds(300),
        });
        using var host = builder.Build();
        await host.StartAsync();
        await WorkerSupervisor.ParentEndedAsync();
        return 0;
    }
}
