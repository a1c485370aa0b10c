using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Bench.Jobs;

/// <summary>A worker in a process of its own, to be killed.</summary>
static class EffectWorker
{
    /// <summary>The hidden verb by which this program runs as such a worker; its argument is the database.</summary>
    public const string Verb = "worker";

    public static Process Start(string connectionString) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [.. OwnAssembly.Arguments, Verb, connectionString]) { UseShellExecute = false, RedirectStandardInput = true })!;

    public static async Task<int> ServeAsync(string connectionString)
    {
        await using var database = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = connectionString });
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(database).AddJob<EffectHandler>();
        builder.Services.AddDatabase(database).AddOvermind(options => options.Worker = new JobWorkerOptions { MaxConcurrency = 24, Kinds = ["bench.effect"] });
        using var host = builder.Build();
        await host.StartAsync();
        await WorkerSupervisor.ParentEndedAsync();
        await host.StopAsync();
        return 0;
    }
}
