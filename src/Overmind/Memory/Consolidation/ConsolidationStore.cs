using System.Text.Json.Nodes;
using Overmind.Postgres;

namespace Overmind.Memory.Consolidation;

/// <summary>The SQL of consolidation.</summary>
public sealed class ConsolidationStore(Database database)
{
    /// <summary>Of one owner and type: each is compared with each.</summary>
    const int MostMemories = 1000;

    const string Held = "deleted_at is null and valid_until is null and not pinned and expires_at is null and fact_key is null";

    internal Task<IReadOnlyList<MemoryGroupKey>> GroupsAsync(Claims claims, CancellationToken cancellationToken) => database.ListAsync(
        claims,
        new Statement(
            $"""
            select owner_id, user_id, visibility, memory_type
            from memories
            where {Held} and memory_type <> 'working' and ($1 or user_id = overmind.user_id())
            group by owner_id, user_id, visibility, memory_type
            having count(*) > 1
            order by owner_id, user_id, visibility, memory_type
            """,
            claims.May(Permission.ContentManage)),
        row => new MemoryGroupKey(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.Word<MemoryType>(3)), cancellationToken);

    internal Task<IReadOnlyList<StoredMemory>> MemoriesAsync(Claims claims, MemoryGroupKey group, CancellationToken cancellationToken) => database.ListAsync(
        claims,
        new Statement(
            $"""
            select id, memory_type, category, content, importance, valid_from
            from memories
            where {Held} and owner_id = $1 and user_id = $2 and visibility = $3 and memory_type = $4
            order by id desc
            limit {MostMemories}
            """,
            group.OwnerId, group.UserId, group.Visibility, LowerSnake.Write(group.Type)),
        row => new StoredMemory(row.GetGuid(0), row.Word<MemoryType>(1), row.Text(2), row.GetString(3), row.GetDouble(4), row.Time(5)), cancellationToken);

    /// <summary>Whether it was done: not where it was before, or one of them no longer holds.</summary>
    internal async Task<bool> ConsolidateAsync(Claims claims, PlannedConsolidation planned, string? model, CancellationToken cancellationToken)
    {
        var parts = planned.Type is not ConsolidationType.Summarize ? null : new JsonObject
        {
            ["event"] = planned.Content,
            ["temporal"] = new JsonObject { ["from"] = planned.From.UtcDateTime, ["until"] = planned.Until.UtcDateTime },
        };
        return await database.FindAsync(
            claims,
            new Statement(
                "select overmind.consolidate_memories($1, $2, $3, $4, $5::jsonb, $6, $7) is not null", LowerSnake.Write(planned.Type), planned.Sources.ToArray(),
                Parameter.Uuid(planned.Keeps), planned.Content, Parameter.Text(parts?.ToJsonString()), planned.TokensSaved, Parameter.Text(model)),
            row => row.GetBoolean(0), cancellationToken);
    }

    internal Task<IReadOnlyList<Guid>> OrganizationsAsync(CancellationToken cancellationToken) =>
        database.ListAsync<Guid>(Claims.Service, "select * from overmind.organizations_with_consolidation()", [], cancellationToken);
}
