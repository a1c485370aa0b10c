namespace Overmind.Usage.Cache;

/// <summary>Semantic hits of questions that were about as near to each other.</summary>
/// <param name="From">The least similarity.</param>
/// <param name="To">The most.</param>
/// <param name="ReportedWrong">Those of which somebody said so.</param>
public sealed record SimilarityBand(double From, double To, long Hits, long ReportedWrong)
{
    /// <summary>The share that nobody reported, 0 to 1.</summary>
    public double Precision => Math.Round(1 - (double)ReportedWrong / Hits, 4);
}
