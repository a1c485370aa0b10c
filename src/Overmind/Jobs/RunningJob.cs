namespace Overmind.Jobs;

/// <summary>A job in the hands of this node.</summary>
sealed class RunningJob(Job job, CancellationToken stopping) : IDisposable
{
    readonly Lock _lock = new();
    readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    bool _disposed;

    public Job Job { get; } = job;

    /// <summary>Ends with the work, and never fails.</summary>
    public Task Work { get; set; } = Task.CompletedTask;

    /// <summary>True when the lease is gone: another node may have the job, so that nothing is written of it any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Cancelled when the node stops or the lease is lost.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>False when the work had ended before.</summary>
    public bool Lose()
    {
        lock (_lock)
        {
            if (_disposed) return false;
            IsLost = true;
            _stop.Cancel();
            return true;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _stop.Dispose();
        }
    }
}
