namespace Overmind;

/// <summary>Time as PostgreSQL keeps it: in microseconds, so that what was written equals what is read.</summary>
static class StoredTime
{
    public static DateTimeOffset Now(TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
