using Overmind.Conversations.Search;
using Overmind.Memory;

namespace Overmind.Server.Memory;

/// <summary>A page of what was found, as a list: by what was searched, and whether all that matches was put in order.</summary>
sealed record MemorySearchResponse(
    IReadOnlyList<MemoryHit> Data, Guid? FirstId, Guid? LastId, bool HasMore, bool IsComplete, SearchMode Mode, VectorUse Vector)
{
    public string Object { get; } = "memory.search";

    public static MemorySearchResponse Of(MemorySearchPage page) => new(
        page.Items, page.Items.Count > 0 ? page.Items[0].Memory.Id : null, page.Items.Count > 0 ? page.Items[^1].Memory.Id : null, page.HasMore, page.IsComplete, page.Mode,
        page.Vector);
}
