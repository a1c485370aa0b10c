namespace Overmind;

/// <summary>A range of times, open to the side whose end is null. To the microsecond, as times are stored.</summary>
public sealed record TimeRange
{
    /// <summary>The first time in it.</summary>
    public DateTimeOffset? From { get; init => field = RoundUp(value); }

    /// <summary>The first time after it.</summary>
    public DateTimeOffset? Before { get; init => field = RoundUp(value); }

    // What is stored has whole microseconds: none lies between a time and the next of them.
    static DateTimeOffset? RoundUp(DateTimeOffset? time)
    {
        if (time is not { } given || given.Ticks % TimeSpan.TicksPerMicrosecond is not (> 0 and var over))
            return time;
        var missing = TimeSpan.TicksPerMicrosecond - over;
        return given.UtcTicks > DateTimeOffset.MaxValue.UtcTicks - missing ? DateTimeOffset.MaxValue : given.AddTicks(missing);
    }
}
