namespace Overmind.Bench.Jobs;

/// <summary>Jobs a second at the start, in the middle and at the end of a time in which the queue never runs empty.</summary>
/// <param name="Seconds">How long.</param>
/// <param name="Alone">Without a reader.</param>
/// <param name="BesideReader">While a transaction that began before the first job stays open, so that nothing that is finished can be cleaned up.</param>
sealed record SoakFigures(double Seconds, IReadOnlyList<double> Alone, IReadOnlyList<double> BesideReader)
{
    /// <summary>What is left at the end of what the queue does without the reader.</summary>
    public double Left => BesideReader[^1] / Alone[^1];
}
