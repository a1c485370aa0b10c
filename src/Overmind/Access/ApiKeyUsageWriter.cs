using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Overmind.Access;

/// <summary>
/// Writes when and how often keys were used, all keys together every few seconds: a row that each request updates would be the slowest
/// part of each request.
/// </summary>
sealed class ApiKeyUsageWriter(ApiKeyAuthenticator authenticator, ApiKeyStore store, TimeProvider time, ILogger<ApiKeyUsageWriter> logger)
    : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What the last seconds counted.
            await WriteAsync(CancellationToken.None);
        }
    }

    async Task WriteAsync(CancellationToken cancellationToken)
    {
        var uses = authenticator.TakeUses();
        if (uses.Count == 0)
            return;
        try
        {
            await store.TouchAsync(uses, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.ApiKeyUseNotWritten(failure, uses.Count);
        }
    }
}
