namespace Overmind.Bench.Measures;

/// <summary>What it costs to know who is there.</summary>
/// <param name="Requests">One with an API key and one with an access token; the floor is one that asks nobody.</param>
/// <param name="SignIns">By clients at once; the floor is the password's hash alone, by as many callers.</param>
/// <param name="HashMilliseconds">Median of one password's hash, one after the other.</param>
sealed record AccessFigures(IReadOnlyList<Comparison> Requests, IReadOnlyList<Comparison> SignIns, double HashMilliseconds)
{
    /// <summary>That a request may take longer than an anonymous one, in milliseconds at the median.</summary>
    public const double MostOverhead = 0.3;

    public bool IsReached => Requests.All(IsCheap);

    public static double Overhead(Comparison request) => request.Measured.P50 - request.Floor.P50;

    public static bool IsCheap(Comparison request) => Overhead(request) <= MostOverhead;
}
