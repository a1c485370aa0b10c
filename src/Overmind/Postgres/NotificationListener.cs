using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Overmind.Postgres;

/// <summary>
/// The node's one LISTEN connection. A lost connection is made again; what was sent meanwhile is gone, so that subscribers
/// are then called with null and look for themselves.
/// </summary>
public sealed class NotificationListener(UnpooledDataSource source, TimeProvider time, ILogger<NotificationListener> logger) : BackgroundService
{
    static readonly TimeSpan Reconnect = TimeSpan.FromMilliseconds(500);

    readonly ConcurrentDictionary<string, ImmutableArray<Action<string?>>> _subscribers = new(StringComparer.Ordinal);
    CancellationTokenSource _newChannel = new();

    /// <summary>Calls back for each notification of a channel, for the life of the node: with its payload, or with null when some may have been missed.</summary>
    /// <param name="channel">An SQL name in lower case, as <c>run_event</c>.</param>
    /// <param name="received">Returns at once and does not throw: it is called on the listening loop.</param>
    public void Subscribe(string channel, Action<string?> received)
    {
        _subscribers.AddOrUpdate(channel, [received], (_, present) => present.Add(received));
        Volatile.Read(ref _newChannel).Cancel();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
            {
                logger.ListeningLost(e.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Reconnect, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var connection = await source.Connections.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, e) => Call(e.Channel, e.Payload);
        var listening = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            // Not disposed: a subscriber may still hold it, and without a timer there is nothing to free.
            var newChannel = new CancellationTokenSource();
            Volatile.Write(ref _newChannel, newChannel);
            foreach (var channel in _subscribers.Keys.Except(listening).ToList())
            {
                await using var listen = new NpgsqlCommand($"listen {channel}", connection);
                await listen.ExecuteNonQueryAsync(stoppingToken);
                listening.Add(channel);
                Call(channel, null);
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, newChannel.Token);
            try
            {
                while (true) await connection.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // A channel was added.
            }
        }
    }

    void Call(string channel, string? payload)
    {
        if (!_subscribers.TryGetValue(channel, out var subscribers)) return;
        foreach (var received in subscribers) received(payload);
    }
}
