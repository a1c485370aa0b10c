using Overmind.Conversations.Search;

namespace Overmind.Memory;

/// <summary>A page of what was found, the most relevant first.</summary>
/// <param name="HasMore">Whether more follow.</param>
/// <param name="IsComplete">Whether all that matches was put in order; else the best 100 by words and by meaning were.</param>
public sealed record MemorySearchPage(IReadOnlyList<MemoryHit> Items, bool HasMore, bool IsComplete, SearchMode Mode, VectorUse Vector);
