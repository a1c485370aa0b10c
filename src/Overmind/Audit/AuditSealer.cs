using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Overmind.Audit;

/// <summary>Seals the audit log every few seconds, on each node: whoever comes first seals for all, and nothing is written when nothing is new.</summary>
sealed class AuditSealer(AuditSealStore store, AuditOptions options, TimeProvider time, ILogger<AuditSealer> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            await SealAsync(stoppingToken);
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

    async Task SealAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await store.SealAsync(cancellationToken) is { } seal)
                // Opened anew for each: the file may be moved away, or lie where it can only be appended to.
                if (options.SealFile is { } path)
                    await SealFile.AppendAsync(path, seal, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.AuditNotSealed(failure);
        }
    }
}
