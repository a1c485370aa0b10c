using Npgsql;
using Overmind.Conversations;
using Overmind.Conversations.Vectors;
using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>The SQL of memories.</summary>
public sealed class MemoryStore(Database database)
{
    internal const string Columns = """
        id, memory_type, category, content, content_parts, owner_type, owner_id, user_id, visibility, tags, metadata, importance,
        case when pinned then 1 else (
            select overmind.memory_recency(last_accessed_at, p.half_life_days, p.recency_floor, decay_rate)
            from organizations as o cross join lateral overmind.memory_policy(o.settings) as p
            where o.id = organization_id) end,
        decay_rate, pinned, access_count, last_accessed_at, expires_at, valid_from, valid_until, superseded_by, related_memories, source,
        source_conversation_id, source_message_id, source_branch,
        case when embedding is not null then concat_ws('/', embedding_model_provider, embedding_model_name) end, embedding_dimensions,
        version_number, changed_by, change_reason, created_by, created_at, updated_at, datastore_id
        """;

    /// <summary>What has expired is shown to nobody, swept or not.</summary>
    internal const string NotExpired = "(expires_at is null or expires_at > statement_timestamp())";

    const string FindSql = $"""
        select {Columns}
        from memories
        where id = $1
        and deleted_at is null
        and {NotExpired}
        """;

    const string InsertSql = $"""
        insert into memories (
            id, memory_type, content, content_parts, owner_type, agent_id, project_id, visibility, category, tags, metadata, importance, decay_rate, pinned,
            expires_at, valid_from, related_memories, source, source_message_id, datastore_id,
            embedding, embedding_model_provider, embedding_model_name)
        values (
            $1, $2, $3, $4::jsonb, $5, case when $5 = 'agent' then $6::uuid end, case when $5 = 'project' then $6::uuid end, $7, $8, $9, $10::jsonb, $11, $12, $13,
            $14, coalesce($15, clock_timestamp()), $16, $17, $18, $19, $20::vector, $21, $22)
        on conflict do nothing
        returning {Columns}
        """;

    // One with this id, else the one that says the same; what is there is what the unique index found.
    const string FindSameSql = $"""
        select {Columns}
        from memories
        where deleted_at is null
        and (id = $1
            or content_hash = overmind.memory_hash(coalesce($3, overmind.memory_words($2, $4::jsonb)))
            and memory_type = $2
            and owner_id = case $5 when 'user' then overmind.user_id() when 'organization' then overmind.org_id() else $6::uuid end
            and (user_id = overmind.user_id() or visibility = 'organization')
            and memory_type <> 'working'
            and valid_until is null
            and expires_at is null)
        order by id = $1 desc
        limit 1
        """;

    const string UpdateSql = $"""
        update memories
        set content = coalesce($2, content),
            content_parts = coalesce($3::jsonb, content_parts),
            category = case when $4 then $5 else category end,
            visibility = coalesce($6, visibility),
            tags = coalesce($7, tags),
            metadata = coalesce($8::jsonb, metadata),
            importance = coalesce($9, importance),
            decay_rate = coalesce($10, decay_rate),
            pinned = coalesce($11, pinned),
            expires_at = case when $12 then $13 else expires_at end,
            valid_until = case when $14 then $15 else valid_until end,
            superseded_by = case when $16 then $17 else superseded_by end,
            related_memories = coalesce($18, related_memories),
            datastore_id = case when $20 then $21 else datastore_id end
        where id = $1
        and deleted_at is null
        and {NotExpired}
        and ($19::timestamptz is null or updated_at = $19)
        returning {Columns}
        """;

    const string DeleteSql = """
        update memories
        set deleted_at = clock_timestamp()
        where id = $1
        and deleted_at is null
        and ($2::timestamptz is null or updated_at = $2)
        """;

    const string RestoreSql = """
        update memories
        set deleted_at = null
        where id = $1
        and deleted_at is not null
        """;

    internal Task<MemoryItem?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, Find(id), Map, cancellationToken);

    /// <summary>Null when the same is remembered already, or one with this id.</summary>
    /// <exception cref="PostgresException">23503: there is no such agent, project or message.</exception>
    internal Task<MemoryItem?> InsertAsync(Claims claims, NewMemory memory, StoredVector? vector, CancellationToken cancellationToken) => database.FindAsync(
        claims,
        new Statement(
            InsertSql, memory.Id, LowerSnake.Write(memory.MemoryType), Parameter.Text(memory.Content), Parameter.Text(memory.ContentParts?.GetRawText()),
            LowerSnake.Write(memory.OwnerType), Parameter.Uuid(memory.OwnerId), Parameter.Text(Word(memory.Visibility)), Parameter.Text(memory.Category),
            memory.Tags.ToArray(), memory.Metadata?.GetRawText() ?? "{}", memory.Importance, memory.DecayRate, memory.Pinned, Parameter.Time(memory.ExpiresAt),
            Parameter.Time(memory.ValidFrom), memory.RelatedMemories.ToArray(), Parameter.Text(Word(memory.Source)), Parameter.Uuid(memory.SourceMessageId),
            Parameter.Uuid(memory.DatastoreId), Vector(vector, 0), Vector(vector, 1), Vector(vector, 2)),
        Map, cancellationToken);

    /// <summary>What <see cref="InsertAsync"/> found in its way.</summary>
    internal Task<MemoryItem?> FindSameAsync(Claims claims, NewMemory memory, CancellationToken cancellationToken) => database.FindAsync(
        claims,
        new Statement(
            FindSameSql, memory.Id, LowerSnake.Write(memory.MemoryType), Parameter.Text(memory.Content), Parameter.Text(memory.ContentParts?.GetRawText()),
            LowerSnake.Write(memory.OwnerType), Parameter.Uuid(memory.OwnerId)),
        Map, cancellationToken);

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<MemoryItem>> ListAsync(Claims claims, PageRequest page, MemoryFilter filter, CancellationToken cancellationToken)
    {
        var visible = new VisibleRows("memories", claims, page.Limit + 1, page.ReadsUpwards);
        visible.Where(NotExpired);
        if (page.Cursor is { } cursor)
            visible.Where(page.ReadsUpwards ? "id >" : "id <", cursor);
        if (filter.Tag is { } tag)
            visible.WhereTagged(tag);
        foreach (var (comparison, value) in Conditions(filter))
            visible.Where(comparison, value);
        if (filter.ReaderId is { } reader)
            visible.Where(
                agent => $"(owner_id = {agent} or datastore_id in (select a.datastore_id from agent_datastores as a where a.agent_id = {agent}))", reader);
        if (filter.Current is { } current)
            visible.Where(CurrentIs(current));
        visible.WhereCreated(page.CreatedAt);
        return database.ListAsync(claims, new Statement(visible.Sql(Columns), visible.Parameters), Map, cancellationToken);
    }

    /// <summary>Changes one, if it is still as it was at <paramref name="unchangedSince"/>; null when it was not changed.</summary>
    /// <exception cref="PostgresException">memories_content_key: the same is remembered already.</exception>
    internal async Task<MemoryItem?> UpdateAsync(Claims claims, Guid id, MemoryPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        var update = new Statement(
            UpdateSql, id, Parameter.Text(patch.Content), Parameter.Text(patch.ContentParts?.GetRawText()), patch.Category is not null, Parameter.Text(patch.Category?.Value),
            Parameter.Text(Word(patch.Visibility)), Parameter.Texts(patch.Tags), Parameter.Text(patch.Metadata?.GetRawText()), Parameter.Double(patch.Importance),
            Parameter.Double(patch.DecayRate), Parameter.Boolean(patch.Pinned), patch.ExpiresAt is not null, Parameter.Time(patch.ExpiresAt?.Value),
            patch.ValidUntil is not null, Parameter.Time(patch.ValidUntil?.Value), patch.SupersededBy is not null, Parameter.Uuid(patch.SupersededBy?.Value),
            Parameter.Uuids(patch.RelatedMemories), Parameter.Time(unchangedSince), patch.DatastoreId is not null, Parameter.Uuid(patch.DatastoreId?.Value));
        await using var results = await database.SendAsync(
            claims, [new("select set_config('app.change_reason', $1, true)", patch.ChangeReason ?? ""), update], cancellationToken);
        await results.FindAsync(row => row.Text(0));
        return await results.FindAsync(Map);
    }

    /// <summary>Whether there was one to delete, and unchanged.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(claims, DeleteSql, [id, Parameter.Time(unchangedSince)], cancellationToken) > 0;

    /// <summary>Deletes all that the filter leaves and the caller may change, if they are as many as expected; how many there are.</summary>
    internal Task<long> DeleteAsync(Claims claims, MemoryFilter filter, long expected, CancellationToken cancellationToken)
    {
        List<object?> parameters = [expected, claims.May(Permission.ContentManage)];
        var conditions = "";
        foreach (var (comparison, value) in Conditions(filter))
        {
            parameters.Add(value);
            conditions += $" and {comparison} ${parameters.Count}";
        }

        if (filter.Tag is { } tag)
        {
            parameters.Add(tag);
            conditions += $" and ${parameters.Count} = any (tags)";
        }

        if (filter.Current is { } current)
            conditions += $" and {CurrentIs(current)}";
        return database.FindAsync<long>(
            claims,
            $"""
            with matching as materialized (
                select id from memories
                where deleted_at is null and {NotExpired} and ($2 or user_id = overmind.user_id()){conditions}),
            deleted as (
                update memories as m set deleted_at = clock_timestamp()
                from matching
                where m.organization_id = overmind.org_id() and m.id = matching.id and m.deleted_at is null
                and (select count(*) from matching) = $1)
            select count(*) from matching
            """,
            [.. parameters], cancellationToken);
    }

    /// <summary>Brings one back; null when there is no such memory.</summary>
    internal async Task<MemoryItem?> RestoreAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(claims, [new(RestoreSql, id), Find(id)], cancellationToken);
        return await results.FindAsync(Map);
    }

    /// <summary>By type and owner, the largest first.</summary>
    internal Task<IReadOnlyList<MemoryGroup>> StatsAsync(Claims claims, CancellationToken cancellationToken) => database.ListAsync(
        claims,
        new Statement($"""
            select memory_type, owner_type, count(*), count(*) filter (where {CurrentIs(true)}), count(*) filter (where pinned), count(embedding), sum(length(content))
            from memories
            where deleted_at is null and {NotExpired}
            group by memory_type, owner_type
            order by count(*) desc, memory_type, owner_type
            """),
        row => new MemoryGroup(
            row.Word<MemoryType>(0), row.Word<MemoryOwner>(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)),
        cancellationToken);

    static NpgsqlParameter Vector(StoredVector? vector, int part) => StoredVector.Parameters(vector)[part];

    static Statement Find(Guid id) => new(FindSql, id);

    static IEnumerable<(string Comparison, object Value)> Conditions(MemoryFilter filter)
    {
        if (filter.MemoryType is { } type)
            yield return ("memory_type =", LowerSnake.Write(type));
        if (filter.OwnerType is { } owner)
            yield return ("owner_type =", LowerSnake.Write(owner));
        if (filter.OwnerId is { } id)
            yield return ("owner_id =", id);
        if (filter.DatastoreId is { } datastore)
            yield return ("datastore_id =", datastore);
        if (filter.Category is { } category)
            yield return ("category =", category);
        if (filter.Pinned is { } pinned)
            yield return ("pinned =", pinned);
        if (filter.SourceMessageId is { } message)
            yield return ("source_message_id =", message);
    }

    static string CurrentIs(bool current) => $"{(current ? "" : "not ")}(valid_until is null or valid_until > statement_timestamp())";

    static string? Word<T>(T? word)
        where T : struct, Enum => word is { } given ? LowerSnake.Write(given) : null;

    internal static MemoryItem Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        MemoryType = row.Word<MemoryType>(1),
        Category = row.Text(2),
        Content = row.GetString(3),
        ContentParts = row.Json(4),
        OwnerType = row.Word<MemoryOwner>(5),
        OwnerId = row.GetGuid(6),
        UserId = row.GetGuid(7),
        Visibility = row.Word<Visibility>(8),
        Tags = row.GetFieldValue<string[]>(9),
        Metadata = row.Json(10),
        Importance = row.GetDouble(11),
        Recency = row.GetDouble(12),
        DecayRate = row.GetDouble(13),
        Pinned = row.GetBoolean(14),
        AccessCount = row.GetInt64(15),
        LastAccessedAt = row.Time(16),
        ExpiresAt = row.IsDBNull(17) ? null : row.Time(17),
        ValidFrom = row.Time(18),
        ValidUntil = row.IsDBNull(19) ? null : row.Time(19),
        SupersededBy = row.Value<Guid>(20),
        RelatedMemories = row.GetFieldValue<Guid[]>(21),
        Source = row.Word<MemorySource>(22),
        SourceConversationId = row.Value<Guid>(23),
        SourceMessageId = row.Value<Guid>(24),
        SourceBranch = row.Value<int>(25),
        EmbeddingModel = row.Text(26),
        EmbeddingDimensions = row.Value<int>(27),
        VersionNumber = row.GetInt32(28),
        ChangedBy = row.Value<Guid>(29),
        ChangeReason = row.Text(30),
        CreatedBy = row.Value<Guid>(31),
        CreatedAt = row.Time(32),
        UpdatedAt = row.Time(33),
        DatastoreId = row.Value<Guid>(34),
    };
}
