namespace Overmind.Bench.Memories;

/// <summary>The search for memories.</summary>
/// <param name="Memories">Among so many, of 1,000 organizations.</param>
/// <param name="Writes">Null when they were not measured.</param>
/// <param name="IndexSeconds">That making the index of vectors took; null where it was there.</param>
sealed record MemoryFigures(int Memories, double? IndexSeconds, IReadOnlyList<MemoryFigure> Searches, MemoryWriteFigures? Writes)
{
    public bool IsReached => Searches.All(search => search.IsReached) && Writes?.IsReached != false;
}
