namespace Overmind.Bench.Measures;

/// <summary>Look-ups in the response cache.</summary>
sealed record CacheFigures(IReadOnlyList<CacheLookupFigure> Lookups)
{
    public bool IsReached => Lookups.All(lookup => lookup.IsReached);
}
