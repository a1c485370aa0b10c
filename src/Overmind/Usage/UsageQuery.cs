using Overmind.Errors;

namespace Overmind.Usage;

/// <summary>What a report is asked for.</summary>
public sealed record UsageQuery
{
    /// <summary>Most spans of a report: a year of days, a month of hours.</summary>
    internal const int MostDays = 366;

    internal const int MostHours = 31 * 24;

    /// <summary>Default: days.</summary>
    public UsageBucketWidth BucketWidth { get; init; }

    /// <summary>By what; null: all together.</summary>
    public UsageGrouping? GroupBy { get; init; }

    /// <summary>That member's alone; null: all that the caller sees.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The span that this lies in is the first. Default: 29 days, or 23 hours, before the last.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The span before which this lies is the last; default: that of now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>With both ends.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidParameter"/>: the ends are the wrong way round or too far apart.</exception>
    internal (DateTimeOffset Since, DateTimeOffset Until) Range(DateTimeOffset now)
    {
        var (span, usual, most, name) = BucketWidth == UsageBucketWidth.Day
            ? (TimeSpan.FromDays(1), 29, MostDays, "days")
            : (TimeSpan.FromHours(1), 23, MostHours, "hours");
        var until = Until ?? now;
        var since = Since ?? (until - DateTimeOffset.UnixEpoch > usual * span ? until - usual * span : DateTimeOffset.UnixEpoch);
        if (since >= until)
            throw new OvermindException(ErrorCode.InvalidParameter, "since lies before until.", "since");
        if (until - since > most * span)
            throw new OvermindException(ErrorCode.InvalidParameter, $"A report has at most {most} {name}: let since lie nearer to until, or ask for wider spans.", "since");
        return (since, until);
    }
}
