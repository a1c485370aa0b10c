using System.Diagnostics;

namespace Overmind.Bench.Jobs;

/// <summary>When each job was started.</summary>
sealed class NoOpCounter
{
    int _left;
    long[] _starts = [];
    TaskCompletionSource _all = new();

    /// <summary>Ends when as many jobs were started as were expected.</summary>
    public Task Expect(int jobs)
    {
        (_starts, _all) = (new long[jobs], new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref _left, jobs);
        return _all.Task;
    }

    public void Started(int number)
    {
        _starts[number] = Stopwatch.GetTimestamp();
        if (Interlocked.Decrement(ref _left) == 0) _all.TrySetResult();
    }

    /// <summary>A timestamp of <see cref="Stopwatch"/>; 0 before.</summary>
    public long StartOf(int number) => Volatile.Read(ref _starts[number]);
}
