using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>
/// Counts runs that have ended for their workflow and agents, all together every few seconds. Runs of one workflow that end at once would
/// otherwise wait for each other on its row. Several nodes may do it at once; what a node leaves when it dies, the next one counts.
/// </summary>
public sealed class RunUseCounter(Database database, TimeProvider time, ILogger<RunUseCounter> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Counts what has ended by now; returns how many runs that were.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.FindAsync<long>(Claims.Service, "select overmind.fold_run_uses()", [], cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CountAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.RunUsesNotCounted(failure);
            }
        }
    }
}
