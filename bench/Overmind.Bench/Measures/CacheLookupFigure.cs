namespace Overmind.Bench.Measures;

/// <summary>One kind of look-up.</summary>
/// <param name="Floor">What PostgreSQL takes for the least that could be asked instead: the row by its key, or each row of the scope compared.</param>
/// <param name="MostP95">Aim, in milliseconds.</param>
/// <param name="Recall">Of semantic look-ups: the share that found what comparing each row finds.</param>
sealed record CacheLookupFigure(string Name, Latencies Measured, Latencies Floor, double MostP95, double? Recall = null)
{
    public bool IsReached => Measured.P95 <= MostP95;
}
