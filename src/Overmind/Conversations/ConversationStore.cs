using Npgsql;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The SQL of conversations.</summary>
public sealed class ConversationStore(Database database)
{
    const string Columns = """
        id, title, user_id, visibility, project_id, status, message_count, tags, folder, metadata, workflow_id,
        quality_threshold, max_n2_iterations, cost_cap_usd, last_activity_at, created_at, updated_at
        """;

    const string PreferredTitle = """
        (select u.preferences ->> 'default_conversation_title' from users u
         where u.id = overmind.user_id() and jsonb_typeof(u.preferences -> 'default_conversation_title') = 'string'
         and length(u.preferences ->> 'default_conversation_title') between 1 and 500)
        """;

    const string FindSql = $"""
        select {Columns}
        from conversations
        where id = $1
        and deleted_at is null
        """;

    // One without a title is called as its owner prefers, where that is a title.
    const string InsertSql = $"""
        insert into conversations (id, title, visibility, tags, folder, metadata, workflow_id, quality_threshold, max_n2_iterations, cost_cap_usd)
        values ($1, coalesce($2::text, {PreferredTitle}, '{NewConversation.DefaultTitle}'), $3, $4, $5, $6::jsonb, $7, $8, $9, $10)
        on conflict do nothing
        returning {Columns}
        """;

    const string UpdateSql = $"""
        update conversations
        set title = coalesce($2, title),
            status = coalesce($3, status),
            visibility = coalesce($4, visibility),
            tags = coalesce($5, tags),
            folder = case when $6 then $7 else folder end,
            metadata = coalesce($8::jsonb, metadata),
            workflow_id = case when $9 then $10 else workflow_id end,
            quality_threshold = case when $11 then $12 else quality_threshold end,
            max_n2_iterations = case when $13 then $14 else max_n2_iterations end,
            cost_cap_usd = case when $15 then $16 else cost_cap_usd end
        where id = $1
        and deleted_at is null
        and ($17::timestamptz is null or updated_at = $17)
        returning {Columns}
        """;

    const string DeleteSql = """
        update conversations
        set status = 'deleted',
            deleted_at = clock_timestamp()
        where id = $1
        and deleted_at is null
        and ($2::timestamptz is null or updated_at = $2)
        """;

    /// <summary>The statement that reads one; results by <see cref="Map"/>.</summary>
    internal static Statement Find(Guid id) => new(FindSql, id);

    internal Task<Conversation?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, Find(id), Map, cancellationToken);

    /// <summary>Null when one with this id is there already.</summary>
    internal Task<Conversation?> InsertAsync(Claims claims, NewConversation conversation, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(
            InsertSql,
            conversation.Id,
            Parameter.Text(conversation.Title),
            LowerSnake.Write(conversation.Visibility),
            conversation.Tags.ToArray(),
            Parameter.Text(conversation.Folder),
            Parameter.Json(conversation.Metadata) ?? "{}",
            Parameter.Uuid(conversation.WorkflowId),
            Parameter.Double(conversation.QualityThreshold),
            Parameter.Integer(conversation.MaxN2Iterations),
            Parameter.Numeric(conversation.CostCapUsd)), Map, cancellationToken);

    /// <summary>One row more than the limit, where there are more.</summary>
    internal Task<IReadOnlyList<Conversation>> ListAsync(
        Claims claims, PageRequest page, ConversationStatus? status, CancellationToken cancellationToken) =>
        database.ListAsync(claims, ListStatement(claims, page, status), Map, cancellationToken);

    /// <summary>Changes one, if it is still as it was at <paramref name="unchangedSince"/>. The first is null when it was not changed, the second tells whether it is there.</summary>
    internal async Task<(Conversation? Changed, bool Exists)> UpdateAsync(
        Claims claims, Guid id, ConversationPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        var update = new Statement(
            UpdateSql,
            id,
            Parameter.Text(patch.Title),
            Parameter.Text(patch.Status is { } status ? LowerSnake.Write(status) : null),
            Parameter.Text(patch.Visibility is { } visibility ? LowerSnake.Write(visibility) : null),
            Parameter.Texts(patch.Tags),
            patch.Folder is not null,
            Parameter.Text(patch.Folder?.Value),
            Parameter.Text(Parameter.Json(patch.Metadata)),
            patch.WorkflowId is not null,
            Parameter.Uuid(patch.WorkflowId?.Value),
            patch.QualityThreshold is not null,
            Parameter.Double(patch.QualityThreshold?.Value),
            patch.MaxN2Iterations is not null,
            Parameter.Integer(patch.MaxN2Iterations?.Value),
            patch.CostCapUsd is not null,
            Parameter.Numeric(patch.CostCapUsd?.Value),
            Parameter.Time(unchangedSince));
        await using var results = await database.SendAsync(claims, [update, Find(id)], cancellationToken);
        var changed = await results.FindAsync(Map);
        return (changed, await results.FindAsync(Map) is not null);
    }

    /// <summary>Whether there was one to delete, and unchanged.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(claims, DeleteSql, [id, Parameter.Time(unchangedSince)], cancellationToken) > 0;

    static Statement ListStatement(Claims claims, PageRequest page, ConversationStatus? status)
    {
        var visible = new VisibleConversations(claims, page.Limit + 1, page.ReadsUpwards);
        if (page.Cursor is { } cursor)
            visible.Where(page.ReadsUpwards ? "id >" : "id <", cursor);
        if (status is { } wanted)
            visible.Where("status =", LowerSnake.Write(wanted));
        visible.WhereCreated(page.CreatedAt);
        return new Statement(visible.Sql(Columns), visible.Parameters);
    }

    internal static Conversation Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Title = row.GetString(1),
        UserId = row.GetGuid(2),
        Visibility = row.Word<Visibility>(3),
        ProjectId = row.Value<Guid>(4),
        Status = row.Word<ConversationStatus>(5),
        MessageCount = row.GetInt32(6),
        Tags = row.GetFieldValue<string[]>(7),
        Folder = row.Text(8),
        Metadata = row.Json(9),
        WorkflowId = row.Value<Guid>(10),
        QualityThreshold = row.Value<double>(11),
        MaxN2Iterations = row.Value<int>(12),
        CostCapUsd = row.Value<decimal>(13),
        LastActivityAt = row.Time(14),
        CreatedAt = row.Time(15),
        UpdatedAt = row.Time(16),
    };
}
