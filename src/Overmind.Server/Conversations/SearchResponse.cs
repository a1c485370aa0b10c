using Overmind.Conversations.Search;

namespace Overmind.Server.Conversations;

/// <summary>A page of what was found, as a list: by what was searched, and whether all that matches was put in order.</summary>
sealed record SearchResponse(
    IReadOnlyList<SearchResult> Data, Guid? FirstId, Guid? LastId, bool HasMore, bool IsComplete, SearchMode Mode, VectorUse Vector)
{
    public string Object { get; } = "search.results";

    public static SearchResponse Of(SearchPage page) => new(
        page.Items, page.Items.Count > 0 ? page.Items[0].Id : null, page.Items.Count > 0 ? page.Items[^1].Id : null, page.HasMore, page.IsComplete, page.Mode, page.Vector);
}
