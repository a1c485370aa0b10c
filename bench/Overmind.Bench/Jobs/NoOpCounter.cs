using System.Diagnostics;

namespace Overmind.Bench.Jobs;

/// <summary>When each job was started.</summary>
sealed class NoOpCounter
{
    long _left;
    long _done;
    long[] _starts = [];
    TaskCompletionSource _all = new();

    /// <summary>How many were started since it was made.</summary>
    public long Done => Volatile.Read(ref _done);

    /// <summary>Ends when as many jobs were started as were expected.</summary>
    /// <param name="remember">How many numbers there are; default: one for each job.</param>
    public Task Expect(int jobs, int? remember = null)
    {
        (_starts, _all) = (new long[remember ?? jobs], new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref _left, jobs);
        return _all.Task;
    }

    public void Started(int number)
    {
        _starts[number] = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _done);
        if (Interlocked.Decrement(ref _left) == 0) _all.TrySetResult();
    }

    /// <summary>A timestamp of <see cref="Stopwatch"/>; 0 before.</summary>
    public long StartOf(int number) => Volatile.Read(ref _starts[number]);
}
