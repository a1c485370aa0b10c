using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Overmind.Access;

/// <summary>Deletes idempotency keys that are older than 24 hours, once an hour. Several nodes may do it at once.</summary>
public sealed class IdempotencyKeyCleaner(IdempotencyStore store, TimeProvider time, ILogger<IdempotencyKeyCleaner> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await store.DeleteExpiredAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.IdempotencyKeysNotDeleted(failure);
            }
        }
    }
}
