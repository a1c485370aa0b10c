using System.Threading.Channels;
using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>One reader's wait for new events of a run.</summary>
sealed class RunWatch : IDisposable
{
    /// <summary>A reader looks by itself this often, should a notification be lost.</summary>
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

    readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly TimeProvider _time;
    readonly IDisposable _registration;

    public RunWatch(NotificationSignals signals, Guid runId, TimeProvider time)
    {
        _time = time;
        _registration = signals.Register(runId.ToString(), () => _wakes.Writer.TryWrite(true));
    }

    /// <summary>Returns when something may have been written since the last wait.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var poll = new CancellationTokenSource(Poll, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, cancellationToken);
        try
        {
            await _wakes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing came for a while.
        }
    }

    public void Dispose() => _registration.Dispose();
}
