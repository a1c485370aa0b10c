using Npgsql;
using Overmind.Conversations;
using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>The SQL of collections of memories.</summary>
public sealed class DatastoreStore(Database database)
{
    const string SelectSql = $"""
        select
            d.id, d.name, d.description, d.user_id, d.visibility,
            (select count(*) from memories where organization_id = d.organization_id and datastore_id = d.id and deleted_at is null and {MemoryStore.NotExpired}),
            array(select a.agent_id from agent_datastores as a where a.organization_id = d.organization_id and a.datastore_id = d.id order by a.agent_id),
            d.created_at, d.updated_at
        from datastores as d
        """;

    const string InsertSql = """
        insert into datastores (id, name, description, visibility)
        values ($1, $2, $3, $4)
        on conflict (organization_id, id) do nothing
        """;

    const string UpdateSql = """
        update datastores
        set name = coalesce($2, name),
            description = case when $3 then $4 else description end,
            visibility = coalesce($5, visibility)
        where id = $1
        and ($6::timestamptz is null or updated_at = $6)
        """;

    const string LinkSql = "insert into agent_datastores (datastore_id, agent_id) values ($1, $2) on conflict do nothing";

    const string UnlinkSql = "delete from agent_datastores where datastore_id = $1 and agent_id = $2";

    /// <summary>The one that is there now, made before or not.</summary>
    /// <exception cref="PostgresException">datastores_name_key: the owner has one of this name.</exception>
    internal Task<Datastore?> InsertAsync(Claims claims, NewDatastore datastore, CancellationToken cancellationToken) => ThenFindAsync(
        claims, datastore.Id,
        new Statement(InsertSql, datastore.Id, datastore.Name, Parameter.Text(datastore.Description), LowerSnake.Write(datastore.Visibility)), cancellationToken);

    internal Task<Datastore?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) => database.FindAsync(claims, Find(id), Map, cancellationToken);

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<Datastore>> ListAsync(Claims claims, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [Parameter.Uuid(page.Cursor)];
        var created = CreatedRange.And(page.CreatedAt, parameters, "d.created_at");
        return database.ListAsync(
            claims,
            new Statement(
                $"""
                {SelectSql}
                where ($1::uuid is null or d.id {(page.ReadsUpwards ? ">" : "<")} $1)
                {created}
                order by d.id {(page.ReadsUpwards ? "asc" : "desc")}
                limit {page.Limit + 1}
                """,
                [.. parameters]),
            Map, cancellationToken);
    }

    /// <summary>Changes one, if it is still as it was at <paramref name="unchangedSince"/>; whether it was changed.</summary>
    /// <exception cref="PostgresException">datastores_name_key: the owner has one of this name.</exception>
    internal async Task<bool> UpdateAsync(Claims claims, Guid id, DatastorePatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            claims, UpdateSql,
            [
                id, Parameter.Text(patch.Name), patch.Description is not null, Parameter.Text(patch.Description?.Value),
                Parameter.Text(patch.Visibility is { } visibility ? LowerSnake.Write(visibility) : null), Parameter.Time(unchangedSince),
            ],
            cancellationToken) > 0;

    /// <summary>What is in it stays, and is in none. Memories of others, which the caller may not change, go on naming a collection that is gone; nothing is read by that.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new("delete from datastores where id = $1 and ($2::timestamptz is null or updated_at = $2) returning id", id, Parameter.Time(unchangedSince)),
                new("update memories set datastore_id = null where datastore_id = $1 and not exists (select from datastores where id = $1)", id),
            ],
            cancellationToken);
        return await results.FindAsync(row => true);
    }

    /// <exception cref="PostgresException">23503: there is no such agent.</exception>
    internal Task<Datastore?> LinkAsync(Claims claims, Guid id, Guid agentId, CancellationToken cancellationToken) =>
        ThenFindAsync(claims, id, new Statement(LinkSql, id, agentId), cancellationToken);

    internal Task<Datastore?> UnlinkAsync(Claims claims, Guid id, Guid agentId, CancellationToken cancellationToken) =>
        ThenFindAsync(claims, id, new Statement(UnlinkSql, id, agentId), cancellationToken);

    async Task<Datastore?> ThenFindAsync(Claims claims, Guid id, Statement change, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(claims, [change, Find(id)], cancellationToken);
        return await results.FindAsync(Map);
    }

    static Statement Find(Guid id) => new($"{SelectSql} where d.id = $1", id);

    static Datastore Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Name = row.GetString(1),
        Description = row.Text(2),
        UserId = row.GetGuid(3),
        Visibility = row.Word<Visibility>(4),
        MemoryCount = row.GetInt64(5),
        AgentIds = row.GetFieldValue<Guid[]>(6),
        CreatedAt = row.Time(7),
        UpdatedAt = row.Time(8),
    };
}
