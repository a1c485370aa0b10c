using Npgsql;
using Overmind.Conversations.Vectors;
using Overmind.Postgres;

namespace Overmind.Conversations.Search;

/// <summary>The SQL of the search.</summary>
public sealed class SearchStore(Database database)
{
    const string WordsSql = "select numnode(overmind.search_query($1))";

    const string MessagesSql = """
        select message_id, conversation_id, title, role, created_at, snippet, text_score, recency, score, is_complete, branch
        from overmind.search_messages($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    const string ConversationsSql = """
        select conversation_id, conversation_id, title, null, created_at, snippet, text_score, recency, score, is_complete, null::integer
        from overmind.search_conversations($1, $2, $3, $4, $5, $6, $7)
        """;

    const string RankedMessagesSql = """
        select message_id, conversation_id, title, role, created_at, snippet, score, text_score, text_rank, vector_score, vector_rank, recency, neighbours, words, is_complete, branch
        from overmind.search_ranked_messages($1, $2, $3::vector, $4, $5::jsonb, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    const string RankedConversationsSql = """
        select conversation_id, conversation_id, title, null, created_at, snippet, score, text_score, text_rank, vector_score, vector_rank, recency, neighbours, words, is_complete,
            null::integer
        from overmind.search_ranked_conversations($1, $2, $3::vector, $4, $5::jsonb, $6, $7, $8, $9, $10, $11)
        """;

    /// <summary>What is found, one more than the limit where there are more; null when nothing in the query can be looked for.</summary>
    /// <exception cref="PostgresException">22023: the cursor is nothing that is found.</exception>
    internal async Task<IReadOnlyList<(SearchResult Result, bool IsComplete)>?> FindAsync(Claims claims, SearchQuery query, CancellationToken cancellationToken)
    {
        var (from, before) = (Parameter.Time(query.CreatedAt?.From), Parameter.Time(query.CreatedAt?.Before));
        var (tag, folder, after) = (Parameter.Text(query.Tag), Parameter.Text(query.Folder), Parameter.Uuid(query.After));
        var search = query.Type is SearchType.Conversations
            ? new Statement(ConversationsSql, query.Text, from, before, tag, folder, after, query.Limit + 1)
            : new Statement(
                MessagesSql, query.Text, Parameter.Text(query.Role is { } role ? LowerSnake.Write(role) : null), from, before, tag, folder,
                Parameter.Uuid(query.ConversationId), after, query.Limit + 1);
        await using var results = await database.SendAsync(claims, [new Statement(WordsSql, query.Text), search], cancellationToken);
        var words = await results.FindAsync<int>();
        var found = await results.ListAsync(Map);
        return words == 0 ? null : found;
    }

    /// <summary>As <see cref="FindAsync"/>, by meaning too; null when there is neither a vector nor a word.</summary>
    /// <param name="words">Whether words are looked for.</param>
    /// <exception cref="PostgresException">22023: the cursor is nothing that is found; 55000: the vector is not of the active model.</exception>
    internal async Task<IReadOnlyList<(SearchResult Result, bool IsComplete)>?> FindRankedAsync(
        Claims claims, SearchQuery query, bool words, StoredVector? vector, CancellationToken cancellationToken)
    {
        var (from, before) = (Parameter.Time(query.CreatedAt?.From), Parameter.Time(query.CreatedAt?.Before));
        var (tag, folder, after) = (Parameter.Text(query.Tag), Parameter.Text(query.Folder), Parameter.Uuid(query.After));
        List<object?> asked = [query.Text, words, Parameter.Text(vector?.Literal), Parameter.Text(vector?.Model.ToString()), query.Weights?.ToJson() ?? "{}"];
        var search = query.Type is SearchType.Conversations
            ? new Statement(RankedConversationsSql, [.. asked, from, before, tag, folder, after, query.Limit + 1])
            : new Statement(
                RankedMessagesSql,
                [
                    .. asked, Parameter.Text(query.Role is { } role ? LowerSnake.Write(role) : null), from, before, tag, folder, Parameter.Uuid(query.ConversationId), after,
                    query.Limit + 1,
                ]);
        await using var results = await database.SendAsync(claims, [new Statement(WordsSql, query.Text), search], cancellationToken);
        var any = await results.FindAsync<int>() > 0 || vector is not null;
        var found = await results.ListAsync(MapRanked);
        return any ? found : null;
    }

    static (SearchResult, bool) MapRanked(NpgsqlDataReader row) => (new SearchResult
    {
        Id = row.GetGuid(0),
        Type = row.IsDBNull(3) ? "conversation" : "message",
        ConversationId = row.GetGuid(1),
        ConversationTitle = row.GetString(2),
        Role = row.IsDBNull(3) ? null : row.Word<MessageRole>(3),
        CreatedAt = row.Time(4),
        Snippet = SnippetPart.Read(row.GetString(5)),
        Score = row.GetDouble(6),
        ScoreParts = ReadParts(row, 7),
        Branch = row.Value<int>(15),
    }, row.GetBoolean(14));

    /// <summary>Text, its rank, vector, its rank, recency, what stands beside it, words.</summary>
    internal static ScoreParts ReadParts(NpgsqlDataReader row, int from) => new(row.GetDouble(from), row.Value<double>(from + 2), row.GetDouble(from + 4))
    {
        TextRank = (int?)row.Value<long>(from + 1),
        VectorRank = (int?)row.Value<long>(from + 3),
        Neighbours = row.GetDouble(from + 5),
        Words = row.GetFieldValue<string[]>(from + 6),
    };

    static (SearchResult, bool) Map(NpgsqlDataReader row) => (new SearchResult
    {
        Id = row.GetGuid(0),
        Type = row.IsDBNull(3) ? "conversation" : "message",
        ConversationId = row.GetGuid(1),
        ConversationTitle = row.GetString(2),
        Role = row.IsDBNull(3) ? null : row.Word<MessageRole>(3),
        Branch = row.Value<int>(10),
        CreatedAt = row.Time(4),
        Snippet = SnippetPart.Read(row.GetString(5)),
        ScoreParts = new ScoreParts(row.GetDouble(6), null, row.GetDouble(7)),
        Score = row.GetDouble(8),
    }, row.GetBoolean(9));
}
