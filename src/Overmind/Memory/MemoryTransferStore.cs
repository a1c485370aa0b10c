using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>The SQL of taking memories out and in. Rows are JSON as PostgreSQL writes them: what a later version adds to a table goes along.</summary>
public sealed class MemoryTransferStore(Database database)
{
    /// <summary>Rows read at once.</summary>
    internal const int Page = 200;

    const string RowsSql = """
        select
            m.id,
            (to_jsonb(m) - '{organization_id,tsv,content_hash}'::text[])::text,
            coalesce((
                select jsonb_agg(to_jsonb(v) - 'organization_id' order by v.version_number)
                from memory_versions v
                where v.organization_id = m.organization_id and v.memory_id = m.id), '[]')::text
        from memories m
        where m.id < $1
        and m.deleted_at is null
        and (m.expires_at is null or m.expires_at > statement_timestamp())
        order by m.id desc
        limit $2
        """;

    /// <summary>The newest first: what takes another's place comes in before it.</summary>
    internal Task<IReadOnlyList<(Guid Id, string Row, string Versions)>> RowsAsync(Claims claims, Guid before, CancellationToken cancellationToken) =>
        database.ListAsync(claims, new Statement(RowsSql, before, Page), row => (row.GetGuid(0), row.GetString(1), row.GetString(2)), cancellationToken);

    /// <summary>False: it is there already, or the same is remembered.</summary>
    internal Task<bool> ImportAsync(Claims claims, string row, string versions, CancellationToken cancellationToken) =>
        database.FindAsync<bool>(claims, "select overmind.import_memory($1::jsonb, $2::jsonb)", [row, versions], cancellationToken);
}
