namespace Overmind.Bench.Measures;

/// <summary>What the built-in embedder takes.</summary>
/// <param name="Texts">Short texts on one core, beside adding up the same vectors.</param>
/// <param name="LoadMilliseconds">Reading its table in this process.</param>
/// <param name="TableBytes">As it stands in the library.</param>
/// <param name="Words">In the table.</param>
/// <param name="MeanLength">Of the texts, in characters.</param>
sealed record EmbedderFigures(Comparison Texts, double LoadMilliseconds, int TableBytes, int Words, double MeanLength)
{
    public const int LeastRate = 20_000;
    public const int MostLoadMilliseconds = 200;
    public const int MostBytes = 10_000_000;

    public bool IsReached => Texts.Measured.Rate >= LeastRate && LoadMilliseconds <= MostLoadMilliseconds && TableBytes <= MostBytes;
}
