using Npgsql;
using Overmind.Conversations.Search;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>
/// Finds memories by words and by meaning, within what the member in <c>claims</c> sees: what has expired, was deleted, was superseded (unless asked for a time) or comes
/// of what a conversation no longer says is not found. What is found counts as used.
/// </summary>
/// <param name="embedder">Null: by words alone.</param>
public sealed class MemorySearchService(MemorySearchStore store, QueryEmbedder? embedder = null)
{
    /// <summary>The most relevant first.</summary>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.InvalidText"/>, <see cref="ErrorCode.InvalidParameter"/>: the cursor is not among what is found.
    /// <see cref="ErrorCode.ModelFailed"/>: by meaning alone, and the query cannot be embedded now.
    /// </exception>
    public async Task<MemorySearchPage> SearchAsync(Claims claims, MemoryQuery query, CancellationToken cancellationToken)
    {
        query.Check();
        var asked = query.Mode is SearchMode.Text ? null : embedder;
        try
        {
            var page = await QueryEmbedder.AskAsync(asked, claims, query.Text, query.Mode, async vector =>
            {
                var (hits, isComplete) = await store.SearchAsync(claims, query, vector, cancellationToken);
                var use = vector is not null ? VectorUse.Used : query.Mode is SearchMode.Text ? VectorUse.Unused : VectorUse.Unavailable;
                return new MemorySearchPage([.. hits.Take(query.Limit)], hits.Count > query.Limit, isComplete, query.Mode, use);
            }, cancellationToken);
            if (page.Items.Count > 0)
                await store.CountUsesAsync(claims, [.. page.Items.Select(hit => hit.Memory.Id)], cancellationToken);
            return page;
        }
        catch (PostgresException refused) when (refused.ConstraintName == SearchService.CursorConstraint)
        {
            throw SearchService.NoCursor();
        }
    }
}
