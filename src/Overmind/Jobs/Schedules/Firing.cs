using NodaTime;

namespace Overmind.Jobs.Schedules;

/// <summary>What a schedule that is due does.</summary>
/// <param name="Due">The times that get a job, oldest first.</param>
/// <param name="Next">When it is due next; null: never again.</param>
sealed record Firing(IReadOnlyList<Instant> Due, Instant? Next)
{
    /// <summary>How late a time may be under <see cref="MissedRuns.Skip"/>: a restart takes less.</summary>
    public static readonly Duration Grace = Duration.FromMinutes(5);

    /// <summary>How many jobs <see cref="MissedRuns.RunAll"/> makes at once.</summary>
    public const int MaxMissed = 100;

    /// <param name="due">The time that was awaited.</param>
    /// <param name="now">Not before <paramref name="due"/>.</param>
    public static Firing Of(Calendar calendar, MissedRuns missedRuns, Instant due, Instant now)
    {
        var latest = Latest(calendar, due, now, missedRuns is MissedRuns.RunAll ? MaxMissed : 1);
        if (missedRuns is MissedRuns.Skip && now - latest[^1] > Grace) latest = [];
        return new Firing(latest, calendar.NextAfter(now));
    }

    /// <summary>
    /// The latest times from the awaited one to now. It looks back in growing steps: a schedule of every minute that slept for a year
    /// missed half a million times, of which the last few matter.
    /// </summary>
    static IReadOnlyList<Instant> Latest(Calendar calendar, Instant due, Instant now, int count)
    {
        for (var back = Duration.FromHours(1); ; back *= 8)
        {
            var from = Instant.Max(due, now - back);
            var times = calendar.Between(from, now).ToList();
            // The awaited time is due even where zone data changed meanwhile and the calendar no longer has it.
            if (from == due) times.Insert(0, due);
            if (times.Count >= count || from == due) return [.. times.TakeLast(count)];
        }
    }
}
