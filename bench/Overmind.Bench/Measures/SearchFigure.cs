namespace Overmind.Bench.Measures;

/// <summary>Searches of one kind.</summary>
/// <param name="Floor">The newest 20 matches by the index, as the owner: without rank, snippets, titles and rights.</param>
/// <param name="MostP95">Aim, in milliseconds.</param>
/// <param name="Found">Results a search, on average; a page has 20.</param>
sealed record SearchFigure(string Name, Latencies Measured, Latencies Floor, double MostP95, double Found)
{
    public bool IsReached => Measured.P95 <= MostP95;
}
