namespace Overmind.Client;

/// <summary>Of what a score is made.</summary>
/// <param name="Text">How well the words match.</param>
/// <param name="Vector">How near the meaning is: the cosine, -1 to 1; null: not looked at.</param>
/// <param name="Recency">1 for what was written now, half of it for each year.</param>
public sealed record ScoreParts(double Text, double? Vector, double Recency)
{
    /// <summary>Its place among what was compared by words.</summary>
    public int? TextRank { get; init; }

    /// <summary>Its place among what was compared by meaning.</summary>
    public int? VectorRank { get; init; }

    /// <summary>Of a memory: how much it matters, 0 to 1.</summary>
    public double? Importance { get; init; }

    /// <summary>What the texts before and after it add to its score.</summary>
    public double? Neighbours { get; init; }

    /// <summary>The words of the query that it has, as they are indexed.</summary>
    public IReadOnlyList<string>? Words { get; init; }
}
