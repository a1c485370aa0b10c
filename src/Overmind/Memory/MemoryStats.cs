namespace Overmind.Memory;

/// <summary>How many memories there are of those that the caller sees.</summary>
/// <param name="Count">All together.</param>
/// <param name="Groups">By type and owner, the largest first.</param>
public sealed record MemoryStats(long Count, IReadOnlyList<MemoryGroup> Groups)
{
    /// <summary>Always <c>memory.stats</c>.</summary>
    public string Object { get; } = "memory.stats";
}
