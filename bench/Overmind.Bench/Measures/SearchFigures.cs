namespace Overmind.Bench.Measures;

/// <summary>Full-text search, and what keeping the words costs.</summary>
/// <param name="Messages">Among so many, of 1,000 organizations.</param>
/// <param name="IndexMicroseconds">To make the words of one message, in microseconds.</param>
sealed record SearchFigures(int Messages, IReadOnlyList<SearchFigure> Searches, double IndexMicroseconds)
{
    public bool IsReached => Searches.All(search => search.IsReached);
}
