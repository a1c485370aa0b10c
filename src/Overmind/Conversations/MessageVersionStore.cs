using Npgsql;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The SQL of the versions of a message: earlier ones have rows of their own, the current one is the message.</summary>
public sealed class MessageVersionStore(Database database)
{
    const string SelectSql = """
        select v.*
        from (
            select
                v.id, v.message_id, v.version_number, false, v.content, v.content_parts, v.metadata, v.changed_by, v.change_reason, v.created_at
            from message_versions as v
            where v.message_id = $1
            union all
            select
                m.id, m.id, m.version_number, true, m.content, m.content_parts, m.metadata,
                case when m.version_number = 1 then coalesce(m.changed_by, m.sender_user_id) else m.changed_by end, m.change_reason,
                case when m.version_number = 1 then m.created_at else coalesce(m.edited_at, m.created_at) end
            from messages as m
            where m.id = $1
        ) as v
        """;

    const string CheckSql = """
        select exists (
            select from messages as m
            join conversations as c on (c.organization_id, c.id) = (m.organization_id, m.conversation_id)
            where m.id = $1
            and m.conversation_id = $2
            and m.deleted_at is null
            and c.deleted_at is null)
        """;

    /// <summary>One row more than the limit, where there are more; null when there is no such message.</summary>
    internal async Task<IReadOnlyList<MessageVersion>?> ListAsync(
        Claims claims, Guid conversationId, Guid messageId, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [messageId, Parameter.Uuid(page.Cursor)];
        var created = CreatedRange.And(page.CreatedAt, parameters, "v.created_at");
        return await ReadAsync(
            claims, conversationId, messageId,
            new Statement(
                $"""
                {SelectSql}
                where ($2::uuid is null or v.version_number {(page.ReadsUpwards ? ">" : "<")} coalesce(
                    (select version_number from message_versions where id = $2 and message_id = $1),
                    (select version_number from messages where id = $2 and id = $1)))
                {created}
                order by v.version_number {(page.ReadsUpwards ? "asc" : "desc")}
                limit {page.Limit + 1}
                """,
                [.. parameters]),
            cancellationToken);
    }

    /// <summary>Those of the numbers that there are, in order; null when there is no such message.</summary>
    internal Task<IReadOnlyList<MessageVersion>?> FindAsync(
        Claims claims, Guid conversationId, Guid messageId, int[] numbers, CancellationToken cancellationToken) =>
        ReadAsync(
            claims, conversationId, messageId,
            new Statement($"{SelectSql} where v.version_number = any ($2) order by v.version_number", messageId, numbers), cancellationToken);

    async Task<IReadOnlyList<MessageVersion>?> ReadAsync(
        Claims claims, Guid conversationId, Guid messageId, Statement select, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(claims, [new(CheckSql, messageId, conversationId), select], cancellationToken);
        var exists = await results.FindAsync(row => row.GetBoolean(0));
        var rows = await results.ListAsync(Map);
        return exists ? rows : null;
    }

    static MessageVersion Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        MessageId = row.GetGuid(1),
        VersionNumber = row.GetInt32(2),
        IsCurrent = row.GetBoolean(3),
        Content = row.GetString(4),
        ContentParts = row.IsDBNull(5) ? null : row.Json(5),
        Metadata = row.Json(6),
        ChangedBy = row.Value<Guid>(7),
        ChangeReason = row.Text(8),
        CreatedAt = row.Time(9),
    };
}
