using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Overmind.Jobs;

/// <summary>Deletes ended jobs that were kept long enough, each minute, in small steps. Several nodes may do it at once.</summary>
public sealed class EndedJobCleaner(JobStore store, TimeProvider time, ILogger<EndedJobCleaner> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await store.DeleteEndedAsync(stoppingToken) > 0)
                {
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.EndedJobsNotDeleted(failure);
            }
        }
    }
}
