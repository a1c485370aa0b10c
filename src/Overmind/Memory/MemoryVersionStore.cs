using Npgsql;
using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>The SQL of the versions of a memory: earlier ones have rows of their own, the current one is the memory.</summary>
public sealed class MemoryVersionStore(Database database)
{
    const string SelectSql = """
        select v.*
        from (
            select
                v.id, v.memory_id, v.version_number, false, v.content, v.content_parts, v.category, v.tags, v.metadata, v.changed_by, v.change_reason, v.created_at
            from memory_versions as v
            where v.memory_id = $1
            union all
            select
                m.id, m.id, m.version_number, true, m.content, m.content_parts, m.category, m.tags, m.metadata, coalesce(m.changed_by, case when m.version_number = 1 then m.created_by end),
                m.change_reason, coalesce(m.changed_at, m.created_at)
            from memories as m
            where m.id = $1
        ) as v
        """;

    const string CheckSql = $"select exists (select from memories where id = $1 and deleted_at is null and {MemoryStore.NotExpired})";

    const string RestoreSql = """
        update memories as m
        set content = v.content,
            content_parts = v.content_parts,
            category = v.category,
            tags = v.tags,
            metadata = v.metadata
        from memory_versions as v
        where m.id = $1
        and m.deleted_at is null
        and v.organization_id = m.organization_id
        and v.memory_id = m.id
        and v.version_number = $2
        """;

    /// <summary>One row more than the limit, where there are more; null when there is no such memory.</summary>
    internal async Task<IReadOnlyList<MemoryVersion>?> ListAsync(Claims claims, Guid memoryId, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [memoryId, Parameter.Uuid(page.Cursor)];
        var created = CreatedRange.And(page.CreatedAt, parameters, "v.created_at");
        await using var results = await database.SendAsync(
            claims,
            [
                new(CheckSql, memoryId),
                new(
                    $"""
                    {SelectSql}
                    where ($2::uuid is null or v.version_number {(page.ReadsUpwards ? ">" : "<")} coalesce(
                        (select version_number from memory_versions where id = $2 and memory_id = $1),
                        (select version_number from memories where id = $2 and id = $1)))
                    {created}
                    order by v.version_number {(page.ReadsUpwards ? "asc" : "desc")}
                    limit {page.Limit + 1}
                    """,
                    [.. parameters]),
            ],
            cancellationToken);
        var exists = await results.FindAsync(row => row.GetBoolean(0));
        var rows = await results.ListAsync(Map);
        return exists ? rows : null;
    }

    /// <summary>Writes an earlier version anew; false when there is no such version, or it is not the caller's to change.</summary>
    /// <exception cref="PostgresException">memories_content_key: the same is remembered already.</exception>
    internal async Task<bool> RestoreAsync(Claims claims, Guid memoryId, int number, string? reason, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [new("select set_config('app.change_reason', $1, true)", reason ?? ""), new($"with restored as ({RestoreSql} returning 1) select count(*) from restored", memoryId, number)],
            cancellationToken);
        await results.FindAsync(row => row.Text(0));
        return await results.FindAsync(row => row.GetInt64(0)) > 0;
    }

    static MemoryVersion Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        MemoryId = row.GetGuid(1),
        VersionNumber = row.GetInt32(2),
        IsCurrent = row.GetBoolean(3),
        Content = row.GetString(4),
        ContentParts = row.Json(5),
        Category = row.Text(6),
        Tags = row.GetFieldValue<string[]>(7),
        Metadata = row.Json(8),
        ChangedBy = row.Value<Guid>(9),
        ChangeReason = row.Text(10),
        CreatedAt = row.Time(11),
    };
}
