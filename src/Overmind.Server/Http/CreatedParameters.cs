using Overmind.Errors;

namespace Overmind.Server.Http;

/// <summary>The parameters of a list that say when its items were made: <c>created_at[gte]</c>, <c>[gt]</c>, <c>[lte]</c>, <c>[lt]</c>.</summary>
static class CreatedParameters
{
    const string From = "created_at[gte]", After = "created_at[gt]", Until = "created_at[lte]", Before = "created_at[lt]";

    public static readonly string[] Names = [From, After, Until, Before];

    /// <summary>Null when none is given.</summary>
    /// <exception cref="OvermindException">One is no time, or two are for the same end.</exception>
    public static TimeRange? CreatedAt(this HttpRequest request)
    {
        var (from, before) = (request.End(From, After), request.End(Before, Until));
        return from is null && before is null ? null : new TimeRange { From = from, Before = before };
    }

    /// <summary>An end of the range, itself in it (or not) as <paramref name="at"/> says; <paramref name="past"/> is the time next to it.</summary>
    static DateTimeOffset? End(this HttpRequest request, string at, string past)
    {
        var (given, passed) = (request.TimeParameter(at), request.TimeParameter(past));
        if (given is not null && passed is not null)
            throw new OvermindException(ErrorCode.InvalidParameter, $"Give {at} or {past}, not both.", past);
        return passed is { } last ? Next(last) : given;
    }

    static DateTimeOffset Next(DateTimeOffset time) => time == DateTimeOffset.MaxValue ? time : time.AddTicks(1);
}
