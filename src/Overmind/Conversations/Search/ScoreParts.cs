namespace Overmind.Conversations.Search;

/// <summary>
/// Of what a score is made: by words alone <c>text * recency</c>, else by the rule that <c>docs/embeddings.md</c> explains.
/// </summary>
/// <param name="Text">How well the words match. By words alone 0 to 1: how many, how near each other, in how long a text. Else the sum of what each of them weighs, rare ones more.</param>
/// <param name="Vector">How near the meaning is: the cosine, -1 to 1; null: not looked at.</param>
/// <param name="Recency">1 for what was written now, half of it for each year.</param>
public sealed record ScoreParts(double Text, double? Vector, double Recency)
{
    /// <summary>Its place among what was compared by words; null: it has none of them.</summary>
    public int? TextRank { get; init; }

    /// <summary>Its place among what was compared by meaning; null: it has no vector.</summary>
    public int? VectorRank { get; init; }

    /// <summary>Of a memory: how much it matters, 0 to 1.</summary>
    public double? Importance { get; init; }

    /// <summary>What the texts before and after it add to its score; null: not looked at.</summary>
    public double? Neighbours { get; init; }

    /// <summary>The words of the query that it has, as they are indexed; null: all, as phrases and signs say.</summary>
    public IReadOnlyList<string>? Words { get; init; }
}
