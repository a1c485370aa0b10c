using Overmind.Conversations.Search;
using Overmind.Postgres;

namespace Overmind.Memory.Forming;

/// <summary>What of a member's memories resembles something that they said.</summary>
sealed class KnownMemories(Database database, MemorySearchStore? memories = null, QueryEmbedder? embedder = null)
{
    const string FindSql = """
        select m.id, m.memory_type, m.content, m.fact_key, m.fact_value, m.source_conversation_id is not distinct from $3
        from memories m
        join organizations o on o.id = m.organization_id
        cross join lateral (
            select string_agg(distinct quote_literal(w.lexeme), ' | ')::tsquery as words
            from unnest($2::text[]) as said (text)
            cross join lateral unnest(overmind.search_document(overmind.search_language(o.settings), said.text)) as w) as q
        where m.owner_id = $1
        and m.user_id = $1
        and m.deleted_at is null
        and m.valid_until is null
        and (m.expires_at is null or m.expires_at > statement_timestamp())
        order by coalesce(ts_rank_cd(m.tsv, q.words), 0) desc, m.id desc
        limit $4
        """;

    /// <summary>The most alike first, the newest among equals.</summary>
    public Task<IReadOnlyList<KnownMemory>> FindAsync(
        Claims claims, Guid userId, Guid conversationId, IReadOnlyList<string> said, int limit, CancellationToken cancellationToken) =>
        database.ListAsync(
            claims, new Statement(FindSql, userId, said.ToArray(), conversationId, limit),
            row => new KnownMemory(row.GetGuid(0), row.Word<MemoryType>(1), row.GetString(2), row.Text(3), row.Text(4), row.GetBoolean(5)), cancellationToken);

    /// <summary>By words and by meaning, as a search finds them: of each that was said the best five.</summary>
    public async Task<IReadOnlyList<KnownMemory>> AlikeAsync(Claims claims, Guid userId, IReadOnlyList<string> said, int limit, CancellationToken cancellationToken)
    {
        var member = claims with { UserId = userId, Role = OrganizationRole.User };
        var found = new Dictionary<Guid, KnownMemory>();
        foreach (var text in said)
        {
            var query = new MemoryQuery { Text = text.Length <= 2000 ? text : text[..2000], OwnerType = MemoryOwner.User, OwnerId = userId, Limit = 5 };
            var (hits, _) = await QueryEmbedder.AskAsync(
                embedder, member, query.Text, query.Mode, vector => memories!.SearchAsync(member, query, vector, cancellationToken), cancellationToken);
            foreach (var hit in hits.Take(query.Limit))
                found.TryAdd(hit.Memory.Id, new KnownMemory(hit.Memory.Id, hit.Memory.MemoryType, hit.Memory.Content, null, null, false));
        }

        return [.. found.Values.Take(limit)];
    }
}
