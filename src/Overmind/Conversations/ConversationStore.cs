using Npgsql;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The SQL of conversations.</summary>
public sealed class ConversationStore(Database database)
{
    const string Columns = """
        id, title, user_id, visibility, project_id, status, active_branch, message_count, tags, folder, metadata, workflow_id,
        quality_threshold, max_n2_iterations, cost_cap_usd, model_provider, model_name, max_context_tokens, auto_prune, prune_strategy,
        prune_margin_ratio, rolling_tokens, last_pruned_at, last_activity_at, created_at, updated_at, forked_from_conversation_id, forked_from_message_id
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
        insert into conversations (
            id, title, visibility, tags, folder, metadata, workflow_id, quality_threshold, max_n2_iterations, cost_cap_usd, model_provider, model_name,
            max_context_tokens, auto_prune, prune_strategy, prune_margin_ratio)
        values ($1, coalesce($2::text, {PreferredTitle}, '{NewConversation.DefaultTitle}'), $3, $4, $5, $6::jsonb, $7, $8, $9, $10,
            $11, $12, $13, $14, $15, coalesce($16, 0.9))
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
            cost_cap_usd = case when $15 then $16 else cost_cap_usd end,
            active_branch = coalesce($18, active_branch),
            model_provider = case when $19 then $20 else model_provider end,
            model_name = case when $21 then $22 else model_name end,
            max_context_tokens = case when $23 then $24 else max_context_tokens end,
            auto_prune = coalesce($25, auto_prune),
            prune_strategy = coalesce($26, prune_strategy),
            prune_margin_ratio = coalesce($27, prune_margin_ratio)
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

    const string RestoreSql = """
        update conversations
        set status = 'active',
            deleted_at = null
        where id = $1
        and deleted_at is not null
        """;

    /// <summary>The statement that reads one; results by <see cref="Map"/>.</summary>
    internal static Statement Find(Guid id) => new(FindSql, id);

    /// <summary>The model whose tokenizer counts, as <c>provider/model</c>: the conversation's, else the one with which its workflow answers, else nothing. Null: there is no such conversation.</summary>
    internal Task<string?> FindModelAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(
            claims,
            new Statement(
                """
                select coalesce(c.model_provider || '/' || c.model_name, w.synthesis_provider || '/' || w.synthesis_model, '')
                from conversations as c
                left join workflows as w on (w.organization_id, w.id) = (c.organization_id, c.workflow_id)
                where c.id = $1
                """,
                id),
            row => row.GetString(0), cancellationToken);

    internal Task<Conversation?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, Find(id), Map, cancellationToken);

    /// <summary>Null when one with this id is there already.</summary>
    internal Task<Conversation?> InsertAsync(Claims claims, NewConversation conversation, CancellationToken cancellationToken) =>
        database.FindAsync(claims, Insert(conversation), Map, cancellationToken);

    /// <summary>The statement that makes one; no row when one with this id is there already.</summary>
    internal static Statement Insert(NewConversation conversation) => new(
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
        Parameter.Numeric(conversation.CostCapUsd),
        Parameter.Text(conversation.ModelProvider),
        Parameter.Text(conversation.ModelName),
        Parameter.Integer(conversation.MaxContextTokens),
        conversation.AutoPrune,
        LowerSnake.Write(conversation.PruneStrategy),
        Parameter.Double(conversation.PruneMarginRatio));

    /// <summary>One row more than the limit, where there are more.</summary>
    internal async Task<IReadOnlyList<Conversation>> ListAsync(
        Claims claims, PageRequest page, ConversationFilter filter, CancellationToken cancellationToken)
    {
        var tagged = await TaggedAsync(database, claims, filter, cancellationToken);
        return await database.ListAsync(claims, ListStatement(claims, page, filter, tagged), Map, cancellationToken);
    }

    /// <summary>Few with a tag are read by their ids; null: no tag is asked for, or many have it, and a list that is read in its own order soon has a page.</summary>
    internal static async Task<Guid[]?> TaggedAsync(Database database, Claims claims, ConversationFilter filter, CancellationToken cancellationToken) =>
        filter.Tag is { } tag
            ? await database.FindAsync(claims, new Statement("select overmind.search_tagged_conversations($1)", tag), Ids, cancellationToken)
            : null;

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
            Parameter.Time(unchangedSince),
            Parameter.Integer(patch.ActiveBranch),
            patch.ModelProvider is not null,
            Parameter.Text(patch.ModelProvider?.Value),
            patch.ModelName is not null,
            Parameter.Text(patch.ModelName?.Value),
            patch.MaxContextTokens is not null,
            Parameter.Integer(patch.MaxContextTokens?.Value),
            Parameter.Boolean(patch.AutoPrune),
            Parameter.Text(patch.PruneStrategy is { } strategy ? LowerSnake.Write(strategy) : null),
            Parameter.Double(patch.PruneMarginRatio));
        await using var results = await database.SendAsync(claims, [update, Find(id)], cancellationToken);
        var changed = await results.FindAsync(Map);
        return (changed, await results.FindAsync(Map) is not null);
    }

    /// <summary>Whether there was one to delete, and unchanged.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(claims, DeleteSql, [id, Parameter.Time(unchangedSince)], cancellationToken) > 0;

    /// <summary>Brings one back; null when there is no such conversation.</summary>
    internal async Task<Conversation?> RestoreAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(claims, [new(RestoreSql, id), Find(id)], cancellationToken);
        return await results.FindAsync(Map);
    }

    /// <summary>Makes a conversation that begins with a branch of another. With an id that is there already: the one that is there.</summary>
    /// <exception cref="PostgresException">23503: there is no such message in the conversation.</exception>
    internal async Task<Conversation?> ForkAsync(Claims claims, Guid id, NewFork fork, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new(
                    "select overmind.fork_conversation($1, $2, $3, $4, $5)", id, fork.MessageId, fork.Id, Parameter.Text(fork.Title),
                    LowerSnake.Write(fork.Visibility)),
                Find(fork.Id),
            ],
            cancellationToken);
        await results.FindAsync<int>();
        return await results.FindAsync(Map);
    }

    static Guid[]? Ids(NpgsqlDataReader row) => row.IsDBNull(0) ? null : row.GetFieldValue<Guid[]>(0);

    static Statement ListStatement(Claims claims, PageRequest page, ConversationFilter filter, Guid[]? tagged)
    {
        var visible = new VisibleRows("conversations", claims, page.Limit + 1, page.ReadsUpwards);
        if (page.Cursor is { } cursor)
            visible.Where(page.ReadsUpwards ? "id >" : "id <", cursor);
        visible.Where(filter, tagged);
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
        ActiveBranch = row.GetInt32(6),
        MessageCount = row.GetInt32(7),
        Tags = row.GetFieldValue<string[]>(8),
        Folder = row.Text(9),
        Metadata = row.Json(10),
        WorkflowId = row.Value<Guid>(11),
        QualityThreshold = row.Value<double>(12),
        MaxN2Iterations = row.Value<int>(13),
        CostCapUsd = row.Value<decimal>(14),
        ModelProvider = row.Text(15),
        ModelName = row.Text(16),
        MaxContextTokens = row.Value<int>(17),
        AutoPrune = row.GetBoolean(18),
        PruneStrategy = row.Word<PruneStrategy>(19),
        PruneMarginRatio = row.GetDouble(20),
        RollingTokens = row.GetInt64(21),
        LastPrunedAt = row.IsDBNull(22) ? null : row.Time(22),
        LastActivityAt = row.Time(23),
        CreatedAt = row.Time(24),
        UpdatedAt = row.Time(25),
        ForkedFromConversationId = row.Value<Guid>(26),
        ForkedFromMessageId = row.Value<Guid>(27),
    };
}
