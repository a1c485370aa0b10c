using Npgsql;
using Overmind.Conversations.Search;
using Overmind.Conversations.Vectors;
using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>The SQL of the search for memories.</summary>
public sealed class MemorySearchStore(Database database)
{
    const string SearchSql = """
        select memory_id, snippet, score, text_score, text_rank, vector_score, vector_rank, recency, neighbours, words, importance, is_complete
        from overmind.search_memories($1, $2, $3::vector, $4, $5::jsonb, $6, $7, $8, $9, $10, $11, $12::jsonb, $13, $14, $15, $16, $17, $18)
        """;

    const string FindSql = $"select {MemoryStore.Columns} from memories where id = any ($1) and deleted_at is null";

    /// <summary>What is found, one more than the limit where there are more.</summary>
    /// <exception cref="PostgresException">22023: the cursor is nothing that is found; 55000: the vector is not of the active model.</exception>
    internal async Task<(IReadOnlyList<MemoryHit> Hits, bool IsComplete)> SearchAsync(
        Claims claims, MemoryQuery query, StoredVector? vector, CancellationToken cancellationToken)
    {
        var found = await database.ListAsync(
            claims,
            new Statement(
                SearchSql, query.Text, query.Mode is not SearchMode.Semantic, Parameter.Text(vector?.Literal), Parameter.Text(vector?.Model.ToString()),
                query.Weights?.ToJson() ?? "{}", Parameter.Texts(query.MemoryTypes?.Select(LowerSnake.Write).ToArray()),
                Parameter.Text(query.OwnerType is { } owner ? LowerSnake.Write(owner) : null), Parameter.Uuid(query.OwnerId), Parameter.Uuid(query.DatastoreId), Parameter.Text(query.Category),
                Parameter.Texts(query.Tags), Parameter.Text(query.Metadata?.GetRawText()), Parameter.Time(query.CreatedAt?.From), Parameter.Time(query.CreatedAt?.Before),
                Parameter.Uuid(query.ConversationId), Parameter.Time(query.AsOf), Parameter.Uuid(query.After), query.Limit + 1),
            row => (
                Id: row.GetGuid(0), Snippet: row.GetString(1), Score: row.GetDouble(2),
                Parts: SearchStore.ReadParts(row, 3) with { Importance = row.GetDouble(10) }, IsComplete: row.GetBoolean(11)),
            cancellationToken);
        if (found.Count == 0)
            return ([], true);
        var memories = (await database.ListAsync(claims, new Statement(FindSql, found.Select(each => each.Id).ToArray()), MemoryStore.Map, cancellationToken))
            .ToDictionary(memory => memory.Id);
        return (
            [
                .. found.Where(each => memories.ContainsKey(each.Id)).Select(each => new MemoryHit
                {
                    Memory = memories[each.Id],
                    Snippet = SnippetPart.Read(each.Snippet),
                    Score = each.Score,
                    ScoreParts = each.Parts,
                }),
            ],
            found[0].IsComplete);
    }

    /// <summary>Says that they were used; they are counted within a minute.</summary>
    internal Task CountUsesAsync(Claims claims, Guid[] ids, CancellationToken cancellationToken) =>
        database.ExecuteAsync(claims, "select overmind.count_memory_uses($1)", [ids], cancellationToken);

    internal Task<long> FoldUsesAsync(CancellationToken cancellationToken) =>
        database.FindAsync<long>(Claims.Service, "select overmind.fold_memory_accesses()", [], cancellationToken);
}
