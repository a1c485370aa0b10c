namespace Overmind.Server.Http;

/// <summary>
/// What one API key has left, as the generic cell rate algorithm keeps it: one number, the time at which the whole allowance is there again.
/// </summary>
sealed class Allowance
{
    long _fullAt;
    Told _told = new(-1, -1, "");

    /// <summary>Takes one request of <paramref name="cost"/> ticks. Returns the ticks that are used up, or those to wait, negative.</summary>
    public long Take(long now, long cost, long window)
    {
        while (true)
        {
            var before = Volatile.Read(ref _fullAt);
            var after = Math.Max(before, now) + cost;
            if (after - now > window)
                return window - (after - now);
            if (Interlocked.CompareExchange(ref _fullAt, after, before) == before)
                return after - now;
        }
    }

    /// <summary>The header's text; a key that is used now and then is told the same each time, so it is kept.</summary>
    public string Tell(long remaining, long seconds)
    {
        var told = _told;
        if (told.Remaining == remaining && told.Seconds == seconds)
            return told.Text;
        var text = $"\"{RateLimits.Policy}\";r={remaining};t={seconds}";
        _told = new(remaining, seconds, text);
        return text;
    }

    // A class, so that readers beside a writer never see half of it.
    sealed record Told(long Remaining, long Seconds, string Text);
}
