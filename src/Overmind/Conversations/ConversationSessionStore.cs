using Npgsql;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The SQL of the sessions of a conversation.</summary>
public sealed class ConversationSessionStore(Database database)
{
    const string Columns = """
        s.id, s.conversation_id, s.user_id, s.agent_id, s.status, s.message_count, s.total_tokens_used, s.tool_calls_count, s.session_state,
        s.interruption_context, s.started_at, s.last_active, s.ended_at, s.created_by, s.created_at, s.updated_at
        """;

    const string SelectSql = $"""
        select {Columns}
        from conversation_sessions as s
        join conversations as c on (c.organization_id, c.id) = (s.organization_id, s.conversation_id)
        where s.conversation_id = $1
        and c.deleted_at is null
        """;

    const string InsertSql = $"""
        insert into conversation_sessions as s (id, conversation_id, agent_id, session_state)
        values ($1, $2, $3, $4::jsonb)
        on conflict do nothing
        returning {Columns}
        """;

    // A completed session refuses another status by its trigger.
    const string UpdateSql = $"""
        update conversation_sessions as s
        set status = coalesce($3, s.status),
            session_state = coalesce($4::jsonb, s.session_state),
            interruption_context = case when $5 then $6::jsonb else s.interruption_context end
        where s.conversation_id = $1
        and s.id = $2
        and ($7::timestamptz is null or s.updated_at = $7)
        and exists (select from conversations where id = $1 and deleted_at is null)
        returning {Columns}
        """;

    /// <summary>Null when one with this id is there already.</summary>
    /// <exception cref="PostgresException">23503: there is no such conversation or agent.</exception>
    internal Task<ConversationSession?> InsertAsync(
        Claims claims, Guid conversationId, NewConversationSession session, CancellationToken cancellationToken) =>
        database.FindAsync(
            claims,
            new Statement(InsertSql, session.Id, conversationId, Parameter.Uuid(session.AgentId), session.SessionState?.GetRawText() ?? "{}"),
            Map, cancellationToken);

    internal Task<ConversationSession?> FindAsync(Claims claims, Guid conversationId, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, Find(conversationId, id), Map, cancellationToken);

    /// <summary>One row more than the limit, where there are more; null when there is no such conversation.</summary>
    /// <param name="status">Null for any.</param>
    internal async Task<IReadOnlyList<ConversationSession>?> ListAsync(
        Claims claims, Guid conversationId, ConversationSessionStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [conversationId, Parameter.Uuid(page.Cursor), Parameter.Text(status is { } known ? LowerSnake.Write(known) : null)];
        var created = CreatedRange.And(page.CreatedAt, parameters, "s.created_at");
        await using var results = await database.SendAsync(
            claims,
            [
                new("select exists (select from conversations where id = $1 and deleted_at is null)", conversationId),
                new(
                    $"""
                    {SelectSql}
                    and ($2::uuid is null or s.id {(page.ReadsUpwards ? ">" : "<")} $2)
                    and ($3::text is null or s.status = $3)
                    {created}
                    order by s.id {(page.ReadsUpwards ? "asc" : "desc")}
                    limit {page.Limit + 1}
                    """,
                    [.. parameters]),
            ],
            cancellationToken);
        var exists = await results.FindAsync(row => row.GetBoolean(0));
        var rows = await results.ListAsync(Map);
        return exists ? rows : null;
    }

    /// <summary>Changes one, if it is still as it was at <paramref name="unchangedSince"/>. The first is null when it was not changed, the second tells whether it is there.</summary>
    /// <exception cref="PostgresException">conversation_sessions_completed: a completed one is not taken up again.</exception>
    internal async Task<(ConversationSession? Changed, bool Exists)> UpdateAsync(
        Claims claims, Guid conversationId, Guid id, ConversationSessionPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        var update = new Statement(
            UpdateSql, conversationId, id, Parameter.Text(patch.Status is { } status ? LowerSnake.Write(status) : null),
            Parameter.Text(patch.SessionState?.GetRawText()), patch.InterruptionContext is not null,
            Parameter.Text(patch.InterruptionContext?.Value?.GetRawText()), Parameter.Time(unchangedSince));
        await using var results = await database.SendAsync(claims, [update, Find(conversationId, id)], cancellationToken);
        var changed = await results.FindAsync(Map);
        return (changed, await results.FindAsync(Map) is not null);
    }

    /// <summary>Abandons those of all organizations in which nothing was said for as long as they say; returns how many, up to 10,000.</summary>
    internal Task<int> AbandonAsync(CancellationToken cancellationToken) =>
        database.FindAsync<int>(Claims.Service, "select overmind.abandon_sessions()", [], cancellationToken);

    static Statement Find(Guid conversationId, Guid id) => new($"{SelectSql} and s.id = $2", conversationId, id);

    static ConversationSession Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        ConversationId = row.GetGuid(1),
        UserId = row.GetGuid(2),
        AgentId = row.Value<Guid>(3),
        Status = row.Word<ConversationSessionStatus>(4),
        MessageCount = row.GetInt32(5),
        TotalTokensUsed = row.GetInt64(6),
        ToolCallsCount = row.GetInt32(7),
        SessionState = row.Json(8),
        InterruptionContext = row.IsDBNull(9) ? null : row.Json(9),
        StartedAt = row.Time(10),
        LastActive = row.Time(11),
        EndedAt = row.IsDBNull(12) ? null : row.Time(12),
        CreatedBy = row.Value<Guid>(13),
        CreatedAt = row.Time(14),
        UpdatedAt = row.Time(15),
    };
}
