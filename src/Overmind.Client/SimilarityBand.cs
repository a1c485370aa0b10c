namespace Overmind.Client;

/// <summary>Semantic hits of questions that were about as near to each other.</summary>
/// <param name="From">The least similarity.</param>
/// <param name="To">The most.</param>
/// <param name="ReportedWrong">Those of which somebody said so.</param>
/// <param name="Precision">The share that nobody reported, 0 to 1.</param>
public sealed record SimilarityBand(double From, double To, long Hits, long ReportedWrong, double Precision);
