using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Overmind.Postgres;

/// <summary>Keeps the monthly partitions three months ahead, once a day; migrating makes the first. Several nodes may do it at once.</summary>
public sealed class PartitionKeeper(Database database, TimeProvider time, ILogger<PartitionKeeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromDays(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await database.ExecuteAsync(Claims.Service, "select public.create_monthly_partitions()", [], stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.PartitionsNotCreated(failure);
            }
        }
    }
}
