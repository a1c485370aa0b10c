namespace Overmind.Bench.Measures;

/// <summary>One operation beside its floor.</summary>
/// <param name="Name">What is measured, as a reader would say it.</param>
/// <param name="Clients">Clients at once.</param>
/// <param name="Measured">The product.</param>
/// <param name="Floor">The same without it.</param>
/// <param name="LeastRatio">The ratio to reach; null when there is no aim.</param>
/// <param name="MostP95">The 95th percentile not to exceed, in milliseconds; null when there is no aim.</param>
sealed record Comparison(string Name, int Clients, Latencies Measured, Latencies Floor, double? LeastRatio = null, double? MostP95 = null)
{
    public double Ratio => Measured.Rate / Floor.Rate;

    /// <summary>Null when there is no aim.</summary>
    public bool? IsReached => LeastRatio is null && MostP95 is null
        ? null
        : (LeastRatio is not { } ratio || Ratio >= ratio) && (MostP95 is not { } p95 || Measured.P95 <= p95);

    public string Aim => (LeastRatio, MostP95) switch
    {
        ({ } ratio, _) => $"ratio ≥ {ratio:0.0#}",
        (_, { } p95) => $"p95 ≤ {p95:0} ms",
        _ => "",
    };
}
