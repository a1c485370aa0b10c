namespace Overmind.Client;

/// <summary>Memories of one type and one kind of owner.</summary>
/// <param name="Current">Those that are so now.</param>
/// <param name="Embedded">Those that have a vector.</param>
/// <param name="Characters">Of all their words.</param>
public sealed record MemoryGroup(string MemoryType, string OwnerType, long Count, long Current, long Pinned, long Embedded, long Characters);
