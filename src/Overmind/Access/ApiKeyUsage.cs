namespace Overmind.Access;

/// <summary>Requests made with one key on this node since they were last written to the database.</summary>
public sealed class ApiKeyUsage
{
    long _count;
    long _lastUsedTicks;

    /// <summary>Counts one request.</summary>
    public void Add(DateTimeOffset now)
    {
        Interlocked.Increment(ref _count);
        Volatile.Write(ref _lastUsedTicks, now.UtcTicks);
    }

    /// <summary>What came together since the last call.</summary>
    internal (long Count, DateTimeOffset LastUsedAt) Take() =>
        (Interlocked.Exchange(ref _count, 0), new DateTimeOffset(Volatile.Read(ref _lastUsedTicks), TimeSpan.Zero));
}
