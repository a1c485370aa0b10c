using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Overmind.Agents;
using Overmind.Jobs;
using Overmind.Models;
using Overmind.Models.Offline;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

/// <summary>A node of the product without its HTTP face, on a test's database.</summary>
public sealed class RunHost : IAsyncDisposable
{
    readonly IHost _host;

    RunHost(IHost host) => _host = host;

    public RunService Runs => _host.Services.GetRequiredService<RunService>();

    public IServiceProvider Services => _host.Services;

    public static Task<RunHost> StartAsync(
        TestDatabase database, ChatModels? models = null, bool worker = true, JobWorkerOptions? options = null, TimeProvider? time = null,
        SecretCipher? secrets = null) =>
        StartAsync(database.Requests, database.Direct, models, worker, options, time, secrets);

    public static async Task<RunHost> StartAsync(
        NpgsqlDataSource requests, NpgsqlDataSource direct, ChatModels? models = null, bool worker = true, JobWorkerOptions? options = null,
        TimeProvider? time = null, SecretCipher? secrets = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        if (models is not null) builder.Services.AddSingleton(models);
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddLogging();
        if (secrets is not null) builder.Services.AddSingleton(secrets);
        builder.Services.AddSingleton(new Database(requests)).AddSingleton(new UnpooledDataSource(direct));
        builder.Services.AddOvermind(library => (library.RunWorker, library.Worker) = (worker, options ?? new JobWorkerOptions()));
        var host = builder.Build();
        await host.StartAsync();
        return new RunHost(host);
    }

    /// <summary>The offline model, slowed down.</summary>
    public static ChatModels Slow(double tokensPerSecond)
    {
        var offline = new OfflineChatClient(TimeProvider.System, tokensPerSecond);
        return new ChatModels(new Dictionary<string, Func<string, IChatClient?>> { ["offline"] = _ => offline });
    }

    /// <summary>Every event of a run, to its last.</summary>
    public async Task<IReadOnlyList<RunEvent>> WatchAsync(Claims claims, Guid runId, long after = -1)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var events = new List<RunEvent>();
        await foreach (var @event in Runs.EventsAsync(claims, runId, after, patience.Token)) events.Add(@event);
        return events;
    }

    /// <summary>Asks, and waits for the run's end.</summary>
    public async Task<Run> AskAsync(Claims claims, Guid conversationId, string question, RunOptions? options = null)
    {
        var run = await Runs.CreateAsync(claims, conversationId, question, options, CancellationToken.None);
        await WatchAsync(claims, run.Id);
        return await Runs.GetAsync(claims, run.Id, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else _host.Dispose();
    }
}
