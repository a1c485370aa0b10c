using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Overmind.Usage;

/// <summary>
/// Keeps the sums of usage and of budgets, and the counts of cached answers, on each node: whoever comes first folds for all. Readers see what is not folded yet as well, so that nothing waits for it;
/// it keeps short what they add up themselves.
/// </summary>
sealed class UsageFolder(UsageFoldStore store, TimeProvider time, ILogger<UsageFolder> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Time zones change seldom: they are looked at every so many times.</summary>
    const int RoundsBetweenZones = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        for (var round = 0; !stoppingToken.IsCancellationRequested; round++)
        {
            await FoldAsync(round % RoundsBetweenZones == 0, stoppingToken);
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    async Task FoldAsync(bool zones, CancellationToken cancellationToken)
    {
        try
        {
            while (await store.FoldAsync(cancellationToken) == UsageFoldStore.Limit)
            {
            }

            await store.FoldBudgetsAsync(cancellationToken);
            while (await store.CountCacheHitsAsync(cancellationToken) == UsageFoldStore.Limit)
            {
            }

            while (zones && await store.RebuildStaleAsync(cancellationToken))
            {
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.UsageNotFolded(failure);
        }
    }
}
