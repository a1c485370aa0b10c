using Npgsql;
using Overmind.Audit;
using Overmind.Postgres;

namespace Overmind.Usage.Cache;

/// <summary>The SQL of seeing and removing answers of the cache.</summary>
public sealed class CacheEntryStore(Database database)
{
    // What has expired is there a little longer, and is nobody's to see.
    const string SelectSql = """
        select
            e.id, e.cache_key, e.user_id, e.provider, e.model, e.quality_tier, e.tags, e.question, e.response_content, e.tokens_used, e.cost,
            e.hit_count + coalesce(h.hits, 0), greatest(e.last_hit_at, h.last_at), e.expires_at, e.created_at
        from ai_response_cache e
        left join lateral (
            select count(*) as hits, max(l.created_at) as last_at
            from cache_lookups l
            where l.organization_id = e.organization_id and l.entry_id = e.id and not l.is_counted) as h on true
        where e.expires_at > clock_timestamp()
        """;

    const string HitSql = """
        select id, kind, entry_id, similarity, provider, model, tokens_saved, cost_saved, reported_at, created_at
        from cache_lookups
        where id = $1 and kind <> 'miss'
        """;

    internal Task<CacheEntry?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement($"{SelectSql} and e.id = $1", id), Entry, cancellationToken);

    /// <summary>By id; with one row more than the page's limit when there are more.</summary>
    internal Task<IReadOnlyList<CacheEntry>> ListAsync(Claims claims, CacheFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var (comparison, direction) = page.ReadsUpwards ? (">", "asc") : ("<", "desc");
        List<object?> parameters =
            [page.Cursor, page.Limit + 1, Parameter.Text(filter.Tag), Parameter.Text(filter.Model?.Provider), Parameter.Text(filter.Model?.Model)];
        var sql = $"""
            {SelectSql}
            and ($1::uuid is null or e.id {comparison} $1)
            and ($3 is null or $3 = any (e.tags))
            and ($5 is null or (e.provider, e.model) = ($4, $5)){CreatedRange.And(page.CreatedAt, parameters, "e.created_at")}
            order by e.id {direction}
            limit $2
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), Entry, cancellationToken);
    }

    /// <summary>Whether there was one that the caller may remove.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        var entry = new AuditEntry
        {
            EventType = "cache_entry.deleted",
            Action = AuditAction.Delete,
            ResourceType = "cache_entry",
            ResourceId = id.ToString(),
            Status = AuditStatus.Success,
        };
        var deletion = AuditTrail.Do("delete from ai_response_cache where id = $14 returning 1", entry, id);
        return (await database.ListAsync(claims, deletion, _ => 0, cancellationToken)).Count > 0;
    }

    /// <summary>Removes what the caller may remove; how many.</summary>
    internal async Task<long> DeleteAsync(Claims claims, CacheInvalidation which, CancellationToken cancellationToken)
    {
        var deletion = which switch
        {
            { Tag: { } tag } => new Statement(Deletion("$1 = any (tags)"), tag),
            { Model: { } model } => new Statement(Deletion("provider = $1 and model = $2"), model.Provider, model.Model),
            _ => new Statement(Deletion("true")),
        };
        var entry = new AuditEntry
        {
            EventType = "cache.invalidated",
            Action = AuditAction.Delete,
            ResourceType = "cache",
            Status = AuditStatus.Success,
            Metadata = new() { ["tag"] = which.Tag, ["model"] = which.Model?.ToString(), ["all"] = which.All },
        };
        await using var results = await database.SendAsync(claims, [deletion, AuditTrail.Record(entry, null)], cancellationToken);
        var deleted = await results.FindAsync<long>();
        await results.CompleteAsync();
        return deleted;
    }

    /// <summary>Notes that an answer was wrong, and removes it; null when the caller has no such hit.</summary>
    internal async Task<CacheHit?> ReportAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(claims, [new("select overmind.report_cache_hit($1)", id), new(HitSql, id)], cancellationToken);
        var reported = await results.FindAsync<bool>();
        var hit = await results.FindAsync(Hit);
        await results.CompleteAsync();
        return reported ? hit : null;
    }

    static string Deletion(string which) => $"""
        with deleted as (
            delete from ai_response_cache
            where {which}
            returning 1)
        select count(*) from deleted
        """;

    static CacheEntry Entry(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        CacheKey = row.GetString(1),
        UserId = row.Value<Guid>(2),
        Provider = row.Text(3),
        Model = row.GetString(4),
        QualityTier = row.GetString(5),
        Tags = row.GetFieldValue<string[]>(6),
        Question = row.Text(7),
        ResponseContent = row.GetString(8),
        TokensUsed = row.Value<long>(9),
        CostUsd = row.Value<decimal>(10),
        HitCount = row.GetInt64(11),
        LastHitAt = row.IsDBNull(12) ? null : row.Time(12),
        ExpiresAt = row.Time(13),
        CreatedAt = row.Time(14),
    };

    static CacheHit Hit(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Kind = row.Word<CacheHitKind>(1),
        EntryId = row.GetGuid(2),
        Similarity = row.Value<double>(3),
        Provider = row.GetString(4),
        Model = row.GetString(5),
        TokensSaved = row.GetInt64(6),
        CostSavedUsd = row.Value<decimal>(7),
        ReportedAt = row.IsDBNull(8) ? null : row.Time(8),
        CreatedAt = row.Time(9),
    };
}
