using System.Collections.Concurrent;
using Npgsql;
using Overmind.Conversations.Moderation;
using Overmind.Conversations.Vectors;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The SQL of messages.</summary>
public sealed class MessageStore(Database database)
{
    /// <summary>Of the messages <c>m</c>.</summary>
    const string Columns = """
        m.id, m.conversation_id, m.branch, m.seq, m.role, m.content, m.content_parts, m.parent_message_id, m.session_id, m.channel_id, m.run_id,
        m.sender_user_id, m.sender_agent_id, m.model_used, m.quality_score, m.n2_iterations, m.tokens_used, m.latency_ms, m.version, m.metadata,
        m.context, m.tools, m.memory_refs, m.version_number, m.edited, m.pinned, m.window_tokens, m.created_at, m.updated_at, m.moderation_status, m.moderation_flags
        """;

    // A trigger gives it seq, branch, owner and visibility. Below a message: on the branch where it follows that one, which may have to be made.
    const string AppendSql = $"""
        insert into messages as m (
            id, conversation_id, role, content, metadata, content_parts, tools, context, session_id, sender_agent_id, channel_id, version, memory_refs,
            window_tokens, embedding, embedding_model_provider, embedding_model_name, embedding_dimensions)
        values (
            $1, $2, $3, $4, $5::jsonb, $6::jsonb, $7::jsonb, $8::jsonb, $9, $10, $11, coalesce($12, '1.0.0'), $13, $14, $15::vector, $16, $17,
            vector_dims($15::vector))
        returning {Columns}
        """;

    const string AppendBelowSql = $"""
        insert into messages as m (
            id, conversation_id, role, content, metadata, content_parts, tools, context, session_id, sender_agent_id, channel_id, version, memory_refs,
            window_tokens, embedding, embedding_model_provider, embedding_model_name, embedding_dimensions, parent_message_id, branch)
        select
            $1, $2, $3, $4, $5::jsonb, $6::jsonb, $7::jsonb, $8::jsonb, $9, $10, $11, coalesce($12, '1.0.0'), $13,
            $14, $15::vector, $16, $17, vector_dims($15::vector), $18, reply.branch
        from (select overmind.branch_for_reply($2, $18) as branch) as reply
        where reply.branch is not null
        returning {Columns}
        """;

    const string FindSql = $"""
        select {Columns}
        from messages as m
        where m.id = $1
        and m.conversation_id = $2
        and m.deleted_at is null
        and exists (select from conversations where id = $2 and deleted_at is null)
        """;

    const string CheckSql = """
        select exists (select from conversations where id = $1 and deleted_at is null),
            exists (select from messages where id = $2 and conversation_id = $1),
            coalesce($3, 0) = 0 or exists (select from conversation_branches where conversation_id = $1 and number = $3),
            (select active_branch from conversations where id = $1)
        """;

    const string DeleteSql = """
        update messages
        set deleted_at = clock_timestamp()
        where id = $1
        and conversation_id = $2
        and deleted_at is null
        and exists (select from conversations where id = $2 and deleted_at is null)
        """;

    const string EditSql = $"""
        update messages as m
        set content = coalesce($3, m.content),
            content_parts = case when $4 then $5::jsonb else m.content_parts end,
            metadata = coalesce($6::jsonb, m.metadata)
        where m.id = $1
        and m.conversation_id = $2
        and m.deleted_at is null
        and ($7::timestamptz is null or m.updated_at = $7)
        and exists (select from conversations where id = $2 and deleted_at is null)
        returning {Columns}
        """;

    const string RestoreVersionSql = $"""
        update messages as m
        set content = v.content,
            content_parts = v.content_parts,
            metadata = v.metadata
        from message_versions as v
        where m.id = $1
        and m.conversation_id = $2
        and m.deleted_at is null
        and v.message_id = m.id
        and v.version_number = $3
        and exists (select from conversations where id = $2 and deleted_at is null)
        returning {Columns}
        """;

    // Who may bring it back a trigger says. One that is there stays as it is.
    const string RestoreSql = """
        update messages
        set deleted_at = null
        where id = $1
        and conversation_id = $2
        and deleted_at is not null
        and exists (select from conversations where id = $2 and deleted_at is null)
        """;

    const string CountSql = "update messages set window_tokens = $4 where id = $1 and conversation_id = $2 and content = $3 returning id";

    const string PinSql = """
        update messages
        set pinned = $3
        where id = $1
        and conversation_id = $2
        and pinned <> $3
        and deleted_at is null
        and exists (select from conversations where id = $2 and deleted_at is null)
        """;

    static readonly ConcurrentDictionary<(int Limit, bool Upwards, bool HasCursor, string Created), string> TrunkTexts = [];
    static readonly ConcurrentDictionary<(int Limit, bool Upwards, bool HasCursor, string Created), string> BranchTexts = [];

    /// <summary>Null when the message it answers is not in the conversation.</summary>
    /// <param name="windowTokens">What it takes in a window; null: not counted.</param>
    /// <param name="vector">Of its text; null: it gets one later.</param>
    /// <exception cref="PostgresException">23503: there is no such conversation, session or agent; 23505: there is a message with this id.</exception>
    internal Task<Message?> AppendAsync(
        Claims claims, Guid conversationId, NewMessage message, int? windowTokens, StoredVector? vector, CancellationToken cancellationToken)
    {
        List<object?> parameters =
        [
            message.Id, conversationId, LowerSnake.Write(message.Role), message.Text, Parameter.Json(message.Metadata) ?? "{}",
            Parameter.Text(message.ContentParts?.GetRawText()), Parameter.Text(message.Tools?.GetRawText()), message.Context?.GetRawText() ?? "{}",
            Parameter.Uuid(message.SessionId), Parameter.Uuid(message.SenderAgentId), Parameter.Uuid(message.ChannelId),
            Parameter.Text(message.Version), Parameter.Uuids(message.MemoryRefs),
            Parameter.Integer(windowTokens),
            .. StoredVector.Parameters(vector),
        ];
        if (message.ParentMessageId is { } parent)
            parameters.Add(parent);
        var sql = message.ParentMessageId is null ? AppendSql : AppendBelowSql;
        return database.FindAsync(claims, new Statement(sql, [.. parameters]), Map, cancellationToken);
    }

    internal Task<Message?> FindAsync(Claims claims, Guid conversationId, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(FindSql, id, conversationId), Map, cancellationToken);

    /// <summary>A conversation with its newest messages, newest first and one more than the limit; null when there is no such conversation.</summary>
    internal async Task<(Conversation Conversation, IReadOnlyList<Message> Messages)?> FindWithLatestAsync(
        Claims claims, Guid conversationId, int limit, CancellationToken cancellationToken)
    {
        var page = new PageRequest { Limit = limit };
        Conversation? conversation;
        await using (var results = await database.SendAsync(
            claims, [ConversationStore.Find(conversationId), PageStatement(conversationId, 0, page)], cancellationToken))
        {
            conversation = await results.FindAsync(ConversationStore.Map);
            if (conversation is null or { ActiveBranch: 0 })
                return conversation is null ? null : (conversation, await results.ListAsync(Map));
        }

        return (conversation, await BranchAsync(claims, conversationId, conversation.ActiveBranch, page, cancellationToken));
    }

    /// <summary>A page of a branch, one row more than the limit; tells too whether conversation, branch and cursor are there.</summary>
    /// <param name="branch">Null for the active one.</param>
    internal async Task<(bool ConversationExists, bool BranchExists, bool CursorExists, IReadOnlyList<Message> Messages)> ListAsync(
        Claims claims, Guid conversationId, int? branch, PageRequest page, CancellationToken cancellationToken)
    {
        var check = new Statement(CheckSql, conversationId, page.Cursor ?? Guid.Empty, Parameter.Integer(branch));
        int active;
        await using (var results = await database.SendAsync(claims, [check, PageStatement(conversationId, branch ?? 0, page)], cancellationToken))
        {
            var (conversationExists, cursorExists, branchExists, found) = await results.FindAsync(
                row => (row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.Value<int>(3)));
            active = found ?? 0;
            if (branch is not null || active == 0)
                return (conversationExists, branchExists, page.Cursor is null || cursorExists, await results.ListAsync(Map));
            if (page.Cursor is not null && !cursorExists)
                return (true, true, false, []);
        }

        return (true, true, true, await BranchAsync(claims, conversationId, active, page, cancellationToken));
    }

    /// <summary>Whether there was one to delete.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid conversationId, Guid id, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(claims, DeleteSql, [id, conversationId], cancellationToken) > 0;

    /// <summary>Null when there is no such message.</summary>
    internal async Task<Message?> PinAsync(Claims claims, Guid conversationId, Guid id, bool pinned, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims, [new(PinSql, id, conversationId, pinned), new(FindSql, id, conversationId)], cancellationToken);
        return await results.FindAsync(Map);
    }

    /// <summary>Brings one back; null when there is no such message.</summary>
    internal async Task<Message?> RestoreAsync(Claims claims, Guid conversationId, Guid id, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims, [new(RestoreSql, id, conversationId), new(FindSql, id, conversationId)], cancellationToken);
        return await results.FindAsync(Map);
    }

    /// <summary>Changes one, if it is still as it was at <paramref name="unchangedSince"/>. The first is null when it was not changed, the second tells whether it is there.</summary>
    internal Task<(Message? Changed, bool Exists)> EditAsync(
        Claims claims, Guid conversationId, Guid id, MessagePatch patch, int? windowTokens, DateTimeOffset? unchangedSince,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            claims, conversationId, id, patch.ChangeReason, patch.Text, windowTokens,
            new Statement(
                EditSql, id, conversationId, Parameter.Text(patch.Text), patch.ContentParts is not null,
                Parameter.Text(patch.ContentParts?.Value?.GetRawText()), Parameter.Text(Parameter.Json(patch.Metadata)), Parameter.Time(unchangedSince)),
            cancellationToken);

    /// <summary>Writes an earlier version anew. As <see cref="EditAsync"/>.</summary>
    internal Task<(Message? Changed, bool Exists)> RestoreVersionAsync(
        Claims claims, Guid conversationId, Guid id, int version, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(claims, conversationId, id, reason, null, null, new Statement(RestoreVersionSql, id, conversationId, version), cancellationToken);

    async Task<(Message? Changed, bool Exists)> ChangeAsync(
        Claims claims, Guid conversationId, Guid id, string? reason, string? text, int? windowTokens, Statement change, CancellationToken cancellationToken)
    {
        // The change itself says that what was counted holds no longer.
        Statement[] count = windowTokens is null ? [] : [new(CountSql, id, conversationId, text, windowTokens)];
        await using var results = await database.SendAsync(
            claims,
            [new("select set_config('app.change_reason', $1, true)", reason ?? ""), change, .. count, new(FindSql, id, conversationId)], cancellationToken);
        await results.FindAsync(row => row.GetString(0));
        var changed = await results.FindAsync(Map);
        if (count.Length > 0)
            await results.FindAsync(row => row.GetGuid(0));
        var found = await results.FindAsync(Map);
        return (changed is null ? null : found, found is not null);
    }

    Task<IReadOnlyList<Message>> BranchAsync(
        Claims claims, Guid conversationId, int branch, PageRequest page, CancellationToken cancellationToken) =>
        database.ListAsync(claims, PageStatement(conversationId, branch, page), Map, cancellationToken);

    // The trunk is read together with what tells whether it is the active branch: most conversations have no other, and looking for its pieces would cost each
    // page of theirs half as much again (0.36 against 0.23 ms). Only where another is active a second round trip reads that.
    static Statement PageStatement(Guid conversationId, int branch, PageRequest page)
    {
        List<object?> parameters = page.Cursor is { } cursor ? [conversationId, cursor] : [conversationId];
        var created = CreatedRange.And(page.CreatedAt, parameters, "m.created_at");
        if (branch > 0)
            parameters.Add(branch);
        var shape = (page.Limit, page.ReadsUpwards, page.Cursor is not null, created);
        return new Statement(branch == 0 ? TrunkTexts.GetOrAdd(shape, TrunkText) : BranchTexts.GetOrAdd(shape, BranchText), [.. parameters]);
    }

    // Only words and numbers of this method enter the text; the limit is one of them, so that one plan serves all executions.
    static string TrunkText((int Limit, bool Upwards, bool HasCursor, string Created) page) => $"""
        select {Columns}
        from messages as m
        where m.conversation_id = $1
        and m.branch = 0
        and m.deleted_at is null
        {(page.HasCursor ? $"and m.seq {(page.Upwards ? ">" : "<")} (select c.seq from messages as c where c.id = $2 and c.conversation_id = $1)" : "")}
        {page.Created}
        order by m.seq {(page.Upwards ? "asc" : "desc")}
        limit {page.Limit + 1}
        """;

    // As above; the branch is the last parameter.
    static string BranchText((int Limit, bool Upwards, bool HasCursor, string Created) page)
    {
        var branch = 2 + (page.HasCursor ? 1 : 0) + page.Created.Count(c => c == '$');
        var (limit, order) = (page.Limit + 1, page.Upwards ? "asc" : "desc");
        // Pieces end where they hold enough; a range of times may leave any of it out.
        var pieces = (page.Upwards, page.HasCursor) switch
        {
            (true, true) => ", p_after_seq => cursor.seq",
            (true, false) => "",
            (false, true) => ", cursor.seq - 1",
            (false, false) => "",
        } + (page.Upwards || page.Created.Length > 0 ? "" : $", p_enough => {limit}");
        return $"""
            select m.*
            from conversations as c
            {(page.HasCursor ? "cross join lateral (select seq from messages where id = $2 and conversation_id = c.id) as cursor" : "")}
            cross join lateral overmind.branch_segments(c.organization_id, c.id, ${branch}{pieces}) as s
            cross join lateral (
                select {Columns}
                from messages as m
                where m.conversation_id = c.id
                and m.branch = s.branch
                and m.seq > s.after_seq
                and m.seq <= s.until_seq
                {(page is { Upwards: true, HasCursor: true } ? "and m.seq > cursor.seq" : "")}
                and m.deleted_at is null
                {page.Created}
                order by m.seq {order}
                limit {limit}
            ) as m
            where c.id = $1
            order by m.seq {order}
            limit {limit}
            """;
    }

    internal static Message Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        ConversationId = row.GetGuid(1),
        Branch = row.GetInt32(2),
        Seq = row.GetInt64(3),
        Role = row.Word<MessageRole>(4),
        Content = row.GetString(5),
        ContentParts = row.IsDBNull(6) ? null : row.Json(6),
        ParentMessageId = row.Value<Guid>(7),
        SessionId = row.Value<Guid>(8),
        ChannelId = row.Value<Guid>(9),
        RunId = row.Value<Guid>(10),
        SenderUserId = row.Value<Guid>(11),
        SenderAgentId = row.Value<Guid>(12),
        ModelUsed = row.Text(13),
        QualityScore = row.Value<double>(14),
        N2Iterations = row.Value<int>(15),
        TokensUsed = row.Value<int>(16),
        LatencyMs = row.Value<int>(17),
        Version = row.GetString(18),
        Metadata = row.Json(19),
        Context = row.Json(20),
        Tools = row.IsDBNull(21) ? null : row.Json(21),
        MemoryRefs = row.IsDBNull(22) ? null : row.GetFieldValue<Guid[]>(22),
        VersionNumber = row.GetInt32(23),
        Edited = row.GetBoolean(24),
        Pinned = row.GetBoolean(25),
        WindowTokens = row.Value<int>(26),
        CreatedAt = row.Time(27),
        UpdatedAt = row.Time(28),
        ModerationStatus = row.IsDBNull(29) ? null : row.Word<ModerationStatus>(29),
        ModerationFlags = row.Json(30),
    };
}
