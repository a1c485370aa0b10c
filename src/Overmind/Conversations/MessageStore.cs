using Npgsql;
using Overmind.Conversations.Vectors;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The SQL of messages.</summary>
public sealed class MessageStore(Database database)
{
    // A trigger gives it seq, branch, owner and visibility. Below a message: on the branch where it follows that one, which may have to be made.
    const string AppendSql = $"""
        insert into messages as m (
            id, conversation_id, role, content, metadata, content_parts, tools, context, session_id, sender_agent_id, channel_id, version, memory_refs,
            window_tokens, embedding, embedding_model_provider, embedding_model_name, embedding_dimensions)
        values (
            $1, $2, $3, $4, $5::jsonb, $6::jsonb, $7::jsonb, $8::jsonb, $9, $10, $11, coalesce($12, '1.0.0'), $13, $14, $15::vector, $16, $17,
            vector_dims($15::vector))
        returning {MessageRow.Columns}
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
        returning {MessageRow.Columns}
        """;

    const string FindSql = $"""
        select {MessageRow.Columns}
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
        returning {MessageRow.Columns}
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
        returning {MessageRow.Columns}
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
        return database.FindAsync(claims, new Statement(sql, [.. parameters]), MessageRow.Read, cancellationToken);
    }

    internal Task<Message?> FindAsync(Claims claims, Guid conversationId, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(FindSql, id, conversationId), MessageRow.Read, cancellationToken);

    /// <summary>A conversation with its newest messages, newest first and one more than the limit; null when there is no such conversation.</summary>
    internal async Task<(Conversation Conversation, IReadOnlyList<Message> Messages)?> FindWithLatestAsync(
        Claims claims, Guid conversationId, int limit, CancellationToken cancellationToken)
    {
        var page = new PageRequest { Limit = limit };
        Conversation? conversation;
        await using (var results = await database.SendAsync(
            claims, [ConversationStore.Find(conversationId), MessagePage.StatementOf(conversationId, 0, page)], cancellationToken))
        {
            conversation = await results.FindAsync(ConversationStore.Map);
            if (conversation is null or { ActiveBranch: 0 })
                return conversation is null ? null : (conversation, await results.ListAsync(MessageRow.Read));
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
        await using (var results = await database.SendAsync(claims, [check, MessagePage.StatementOf(conversationId, branch ?? 0, page)], cancellationToken))
        {
            var (conversationExists, cursorExists, branchExists, found) = await results.FindAsync(
                row => (row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.Value<int>(3)));
            active = found ?? 0;
            if (branch is not null || active == 0)
                return (conversationExists, branchExists, page.Cursor is null || cursorExists, await results.ListAsync(MessageRow.Read));
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
        return await results.FindAsync(MessageRow.Read);
    }

    /// <summary>Brings one back; null when there is no such message.</summary>
    internal async Task<Message?> RestoreAsync(Claims claims, Guid conversationId, Guid id, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims, [new(RestoreSql, id, conversationId), new(FindSql, id, conversationId)], cancellationToken);
        return await results.FindAsync(MessageRow.Read);
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
        var changed = await results.FindAsync(MessageRow.Read);
        if (count.Length > 0)
            await results.FindAsync(row => row.GetGuid(0));
        var found = await results.FindAsync(MessageRow.Read);
        return (changed is null ? null : found, found is not null);
    }

    Task<IReadOnlyList<Message>> BranchAsync(
        Claims claims, Guid conversationId, int branch, PageRequest page, CancellationToken cancellationToken) =>
        database.ListAsync(claims, MessagePage.StatementOf(conversationId, branch, page), MessageRow.Read, cancellationToken);
}
