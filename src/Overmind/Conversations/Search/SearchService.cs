using Npgsql;
using Overmind.Conversations.Vectors;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Conversations.Search;

/// <summary>
/// Search over messages and titles by words, in the organization's language, and by meaning, within what the member in <c>claims</c> sees. What is deleted is not found.
/// </summary>
/// <param name="embedder">Null: by words alone.</param>
public sealed class SearchService(SearchStore store, QueryEmbedder? embedder = null)
{
    internal const string CursorConstraint = "search_after";

    /// <summary>The most relevant first.</summary>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.InvalidParameter"/>, <see cref="ErrorCode.InvalidValue"/>: nothing in the query can be looked for. <see cref="ErrorCode.ModelFailed"/>: by
    /// meaning alone, and the query cannot be embedded now.
    /// </exception>
    public async Task<SearchPage> SearchAsync(Claims claims, SearchQuery query, CancellationToken cancellationToken)
    {
        query.Check();
        if (!query.Text.Any(char.IsLetterOrDigit))
            throw NoWords();
        var mode = query.Mode ?? (embedder is null || SearchQuery.HasSigns(query.Text) ? SearchMode.Text : SearchMode.Hybrid);
        try
        {
            return mode is SearchMode.Text
                ? PageOf(query, await store.FindAsync(claims, query, cancellationToken) ?? throw NoWords())
                : await QueryEmbedder.AskAsync(embedder, claims, query.Text, mode, async vector =>
                {
                    var found = await store.FindRankedAsync(claims, query, mode is SearchMode.Hybrid, vector, cancellationToken) ?? throw NoWords();
                    return PageOf(query, found) with { Mode = mode, Vector = vector is null ? VectorUse.Unavailable : VectorUse.Used };
                }, cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName == CursorConstraint)
        {
            throw NoCursor();
        }
    }

    static SearchPage PageOf(SearchQuery query, IReadOnlyList<(SearchResult Result, bool IsComplete)> found) =>
        new([.. found.Take(query.Limit).Select(each => each.Result)], found.Count > query.Limit, found.All(each => each.IsComplete));

    internal static OvermindException NoCursor() => new(ErrorCode.InvalidParameter, "The cursor is not among what this search finds.", "after");

    static OvermindException NoWords() => new(
        ErrorCode.InvalidValue, "query has no word to look for: only signs, or words that are so common in the organization's search_language that they are not searched.", "query");
}
