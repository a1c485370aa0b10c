namespace Overmind.Conversations.Search;

/// <summary>A page of what was found, the most relevant first.</summary>
/// <param name="HasMore">Whether more follow.</param>
/// <param name="IsComplete">Whether all that matches was put in order; else the newest 1,000 matches were, and a narrower query finds the others. By meaning too the best 100 by each are put in order.</param>
public sealed record SearchPage(IReadOnlyList<SearchResult> Items, bool HasMore, bool IsComplete)
{
    /// <summary>By what was searched.</summary>
    public SearchMode Mode { get; init; } = SearchMode.Text;

    /// <summary>Whether meaning was compared.</summary>
    public VectorUse Vector { get; init; } = VectorUse.Unused;
}
