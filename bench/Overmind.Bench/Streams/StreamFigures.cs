namespace Overmind.Bench.Streams;

/// <summary>What streaming through the product takes.</summary>
/// <param name="FirstBytes">From the provider's first byte to its reader's, the plain reader first.</param>
/// <param name="Memory">Of the server's process, with more and more streams, and after them.</param>
sealed record StreamFigures(IReadOnlyList<FirstByte> FirstBytes, IReadOnlyList<StreamMemory> Memory)
{
    /// <summary>The aim: what the product may add, in milliseconds.</summary>
    public const double MostAdded = 5;

    /// <summary>The aim: memory at the end of a while of streaming, as a share of that at its beginning.</summary>
    public const double MostGrowth = 1.1;

    public FirstByte Floor => FirstBytes[0];

    public bool IsReached => FirstBytes.All(f => IsReachedBy(f) != false) && Memory.All(m => IsReachedBy(m) != false);

    /// <summary>Milliseconds that the median is later than at a plain reader.</summary>
    public double Added(FirstByte first) => first.Milliseconds.P50 - Floor.Milliseconds.P50;

    /// <summary>Null when there is no aim.</summary>
    public bool? IsReachedBy(FirstByte first) => first.HasAim ? Added(first) <= MostAdded : null;

    /// <summary>Null when there is no aim.</summary>
    public static bool? IsReachedBy(StreamMemory memory) => memory.HasAim ? memory.Growth <= MostGrowth : null;
}
