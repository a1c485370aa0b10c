namespace Overmind.Jobs;

/// <summary>A job in the hands of this node.</summary>
sealed class RunningJob(Job job, JobKind kind, JobClaim claim, CancellationToken lettingGo) : IDisposable
{
    readonly Lock _lock = new();
    readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(lettingGo);
    bool _disposed;

    public Job Job { get; } = job;

    public JobKind Kind { get; } = kind;

    /// <summary>With which others it was claimed.</summary>
    public JobClaim Claim { get; } = claim;

    /// <summary>When it was claimed.</summary>
    public long Claimed { get; init; }

    /// <summary>False while it waits for a slot.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>True when the lease is gone: another node may have the job, so that nothing is written of it any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>True when somebody wanted it to end.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>True when it took longer than its kind allows.</summary>
    public bool IsOutOfTime { get; private set; }

    /// <summary>Cancelled when the node lets go of its jobs, somebody wanted it to end, it is out of time, or the lease is lost.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>False when it was lost or given back while it waited.</summary>
    public bool TryStart()
    {
        lock (_lock) return !IsLost && !_disposed && (IsStarted = true);
    }

    /// <summary>Takes it back from the line; false when it has started.</summary>
    public bool TryGiveBack()
    {
        lock (_lock)
        {
            if (IsStarted || IsLost || _disposed) return false;
            return IsLost = true;
        }
    }

    /// <summary>False when the work had ended before.</summary>
    public bool Lose() => Stop(() => IsLost = true);

    public void Cancel() => Stop(() => IsCancelled = true);

    public void RunOutOfTime() => Stop(() => IsOutOfTime = true);

    public void Dispose() => TryDispose();

    /// <summary>False when it was disposed of before.</summary>
    public bool TryDispose()
    {
        lock (_lock)
        {
            if (_disposed) return false;
            _stop.Dispose();
            return _disposed = true;
        }
    }

    bool Stop(Action why)
    {
        lock (_lock)
        {
            if (_disposed) return false;
            why();
        }

        // Not within the lock: what was registered with the token runs here.
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return false;
        }

        return true;
    }
}
