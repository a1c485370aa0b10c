using System.Collections.Concurrent;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The SQL of messages.</summary>
public sealed class MessageStore(Database database)
{
    const string Columns = """
        id, conversation_id, seq, role, content, content_parts, parent_message_id, run_id, sender_user_id, model_used,
        quality_score, n2_iterations, tokens_used, latency_ms, metadata, edited, created_at
        """;

    /// <summary>Appends one; a trigger gives it seq, owner and visibility of its conversation.</summary>
    const string AppendSql = $"""
        insert into messages (id, conversation_id, role, content, metadata)
        values ($1, $2, $3, $4, $5::jsonb)
        returning {Columns}
        """;

    const string AppendBelowSql = $"""
        insert into messages (id, conversation_id, role, content, metadata, parent_message_id)
        select $1, $2, $3, $4, $5::jsonb, parent.id
        from messages as parent
        where parent.id = $6
        and parent.conversation_id = $2
        and parent.deleted_at is null
        returning {Columns}
        """;

    const string FindSql = $"""
        select {Columns}
        from messages
        where id = $1
        and conversation_id = $2
        and deleted_at is null
        and exists (select from conversations where id = $2 and deleted_at is null)
        """;

    const string CheckSql = """
        select exists (select from conversations where id = $1 and deleted_at is null),
            exists (select from messages where id = $2 and conversation_id = $1)
        """;

    const string DeleteSql = """
        update messages
        set deleted_at = clock_timestamp()
        where id = $1
        and conversation_id = $2
        and deleted_at is null
        and exists (select from conversations where id = $2 and deleted_at is null)
        """;

    static readonly ConcurrentDictionary<(int Limit, bool Upwards, bool HasCursor, string Created), string> PageTexts = [];

    /// <summary>Null when the message it answers is not in the conversation.</summary>
    /// <exception cref="PostgresException">23503: there is no such conversation; 23505: there is a message with this id.</exception>
    internal Task<Message?> AppendAsync(Claims claims, Guid conversationId, NewMessage message, CancellationToken cancellationToken)
    {
        var metadata = Parameter.Json(message.Metadata) ?? "{}";
        var role = LowerSnake.Write(message.Role);
        return database.FindAsync(claims, message.ParentMessageId is { } parent
            ? new Statement(AppendBelowSql, message.Id, conversationId, role, message.Content, metadata, parent)
            : new Statement(AppendSql, message.Id, conversationId, role, message.Content, metadata), Map, cancellationToken);
    }

    internal Task<Message?> FindAsync(Claims claims, Guid conversationId, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement(FindSql, id, conversationId), Map, cancellationToken);

    /// <summary>A conversation with its newest messages, newest first and one more than the limit, in one round trip; null when there is no such conversation.</summary>
    internal async Task<(Conversation Conversation, IReadOnlyList<Message> Messages)?> FindWithLatestAsync(
        Claims claims, Guid conversationId, int limit, CancellationToken cancellationToken)
    {
        var latest = PageStatement(conversationId, new PageRequest { Limit = limit });
        await using var results = await database.SendAsync(claims, [ConversationStore.Find(conversationId), latest], cancellationToken);
        return await results.FindAsync(ConversationStore.Map) is { } conversation ? (conversation, await results.ListAsync(Map)) : null;
    }

    /// <summary>A page of messages, one row more than the limit; tells too whether conversation and cursor are there.</summary>
    internal async Task<(bool ConversationExists, bool CursorExists, IReadOnlyList<Message> Messages)> ListAsync(
        Claims claims, Guid conversationId, PageRequest page, CancellationToken cancellationToken)
    {
        var check = new Statement(CheckSql, conversationId, page.Cursor ?? Guid.Empty);
        await using var results = await database.SendAsync(claims, [check, PageStatement(conversationId, page)], cancellationToken);
        var (conversationExists, cursorExists) = await results.FindAsync(row => (row.GetBoolean(0), row.GetBoolean(1)));
        return (conversationExists, page.Cursor is null || cursorExists, await results.ListAsync(Map));
    }

    /// <summary>Whether there was one to delete.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid conversationId, Guid id, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(claims, DeleteSql, [id, conversationId], cancellationToken) > 0;

    static Statement PageStatement(Guid conversationId, PageRequest page)
    {
        List<object?> parameters = page.Cursor is { } cursor ? [conversationId, cursor] : [conversationId];
        var created = CreatedRange.And(page.CreatedAt, parameters);
        return new Statement(PageTexts.GetOrAdd((page.Limit, page.ReadsUpwards, page.Cursor is not null, created), PageText), [.. parameters]);
    }

    // Only words and numbers of this method enter the text; the limit is one of them, so that one plan serves all executions.
    static string PageText((int Limit, bool Upwards, bool HasCursor, string Created) page) => $"""
        select {Columns}
        from messages
        where conversation_id = $1
        and deleted_at is null
        {(page.HasCursor ? $"and seq {(page.Upwards ? ">" : "<")} (select c.seq from messages as c where c.id = $2 and c.conversation_id = $1)" : "")}
        {page.Created}
        order by seq {(page.Upwards ? "asc" : "desc")}
        limit {page.Limit + 1}
        """;

    static Message Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        ConversationId = row.GetGuid(1),
        Seq = row.GetInt64(2),
        Role = row.Word<MessageRole>(3),
        Content = row.GetString(4),
        ContentParts = row.IsDBNull(5) ? null : row.Json(5),
        ParentMessageId = row.Value<Guid>(6),
        RunId = row.Value<Guid>(7),
        SenderUserId = row.Value<Guid>(8),
        ModelUsed = row.Text(9),
        QualityScore = row.Value<double>(10),
        N2Iterations = row.Value<int>(11),
        TokensUsed = row.Value<int>(12),
        LatencyMs = row.Value<int>(13),
        Metadata = row.Json(14),
        Edited = row.GetBoolean(15),
        CreatedAt = row.Time(16),
    };
}
