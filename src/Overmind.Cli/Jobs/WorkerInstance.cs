using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Overmind.Audit;
using Overmind.Cli.Configuration;
using Overmind.Cli.Instances;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Jobs.Webhooks;
using Overmind.Postgres;
using Overmind.Server;

namespace Overmind.Cli.Jobs;

/// <summary>A worker without server and console, in this process.</summary>
sealed class WorkerInstance(ParseResult parsed, JobWorkerOptions options)
{
    /// <summary>Returns when it was stopped, or its parent has ended, and its jobs are given back.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var folder = InstanceFolder.Of(parsed);
        var settings = EffectiveConfiguration.Read(parsed, folder).Checked();
        await using var instance = await InstanceDatabase.OpenAsync(folder, stop);
        await using var database = await OvermindDatabase.OpenAsync(
            new OvermindDatabaseOptions { ConnectionString = instance.Url, PooledConnectionString = settings.Database(Settings.PooledDatabase) }, stop);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Grace + TimeSpan.FromSeconds(10));
        builder.Services.AddSingleton(EncryptionKeyFile.CipherOf(settings.Text(Settings.EncryptionKey), folder.Path));
        builder.Services.AddDatabase(database).AddOvermind(library =>
        {
            library.Worker = options;
            library.Embedder = EmbedderSettings.Of(settings);
            library.Audit = new AuditOptions { SealFile = settings.Text(Settings.AuditSealFile) };
            library.Webhooks = WebhookOptions.Parse(settings.Text(Settings.WebhookNetworks));
            library.OfflineTokensPerSecond = settings.Number(Settings.OfflineTokensPerSecond);
        });
        using var host = builder.Build();
        await StartAsync(host, stop);
        Output.Write(
            parsed, new { Environment.ProcessId, Kinds = options.Kinds ?? [.. host.Services.GetRequiredService<JobKinds>().All.Select(k => k.Name)] },
            $"The worker {Environment.ProcessId} does {options.MaxConcurrency} jobs at a time");

        var stopped = new TaskCompletionSource();
        await using var asked = stop.Register(() => stopped.TrySetResult());
        await Task.WhenAny(stopped.Task, WorkerSupervisor.ParentEndedAsync());
        await host.StopAsync(CancellationToken.None);
    }

    static async Task StartAsync(IHost host, CancellationToken stop)
    {
        try
        {
            await host.StartAsync(stop);
        }
        catch (OvermindException unknown) when (unknown.Code is ErrorCode.JobKindUnknown)
        {
            throw new CliException("job_kind_unknown", unknown.Message, "name kinds of this program with --kinds, or leave it out") { ExitCode = 2 };
        }
    }
}
