using Overmind.Files;
using Overmind.Postgres;

namespace Overmind.Conversations.Transfers;

/// <summary>The SQL of taking conversations out and in. Rows are JSON as PostgreSQL writes them: what a later version adds to a table goes along.</summary>
public sealed class TransferStore(Database database)
{
    /// <summary>Rows read at once.</summary>
    internal const int Page = 500;

    const string ConversationsSql = """
        select c.id, (to_jsonb(c) - 'organization_id')::text
        from conversations c
        where c.id > $1 and c.deleted_at is null
        order by c.id
        limit $2
        """;

    const string ConversationSql = "select c.id, (to_jsonb(c) - 'organization_id')::text from conversations c where c.id = $1 and c.deleted_at is null";

    const string BranchesSql = """
        select b.number::bigint, (to_jsonb(b) - 'organization_id')::text
        from conversation_branches b
        where b.conversation_id = $1 and b.number > $2
        order by b.number
        limit $3
        """;

    const string MessagesSql = """
        select m.seq, (to_jsonb(m) - 'organization_id')::text
        from messages m
        where m.conversation_id = $1 and m.seq > $2
        order by m.seq
        limit $3
        """;

    const string VersionsSql = """
        select m.seq, (to_jsonb(v) - 'organization_id')::text
        from messages m
        join message_versions v on v.message_id = m.id
        where m.conversation_id = $1 and m.seq > $2
        order by m.seq, v.version_number
        """;

    // Those of deleted messages, too, as the messages are.
    const string AttachmentsSql = """
        select a.id, (to_jsonb(a) - 'organization_id')::text, a.sha256, a.size_bytes
        from attachments a
        where a.conversation_id = $1 and a.deleted_at is null
        order by a.id
        """;

    internal Task<IReadOnlyList<(Guid Id, string Row)>> ConversationsAsync(Claims claims, Guid after, CancellationToken cancellationToken) =>
        database.ListAsync(claims, new Statement(ConversationsSql, after, Page), row => (row.GetGuid(0), row.GetString(1)), cancellationToken);

    internal async Task<(Guid Id, string Row)?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await database.ListAsync(claims, new Statement(ConversationSql, id), row => (row.GetGuid(0), row.GetString(1)), cancellationToken) is [var found, ..] ? found : null;

    internal Task<IReadOnlyList<(long Place, string Row)>> BranchesAsync(Claims claims, Guid conversationId, long after, CancellationToken cancellationToken) =>
        ListAsync(claims, new Statement(BranchesSql, conversationId, after, Page), cancellationToken);

    /// <summary>By their order, deleted ones too.</summary>
    internal Task<IReadOnlyList<(long Place, string Row)>> MessagesAsync(Claims claims, Guid conversationId, long after, CancellationToken cancellationToken) =>
        ListAsync(claims, new Statement(MessagesSql, conversationId, after, Page), cancellationToken);

    internal Task<IReadOnlyList<(long Place, string Row)>> VersionsAsync(Claims claims, Guid conversationId, CancellationToken cancellationToken) =>
        ListAsync(claims, new Statement(VersionsSql, conversationId, 0L), cancellationToken);

    internal Task<IReadOnlyList<(Guid Id, string Row, FileContent Content)>> AttachmentsAsync(Claims claims, Guid conversationId, CancellationToken cancellationToken) =>
        database.ListAsync(
            claims, new Statement(AttachmentsSql, conversationId),
            row => (row.GetGuid(0), row.GetString(1), new FileContent(row.GetFieldValue<byte[]>(2), row.GetInt64(3))), cancellationToken);

    /// <summary>Whether the conversation is there already.</summary>
    internal Task<bool> ExistsAsync(Claims claims, ImportedConversation conversation, CancellationToken cancellationToken) => database.FindAsync<bool>(
        claims, "select exists (select from conversations where id::text = $1)", [conversation.Conversation["id"]?.ToString() ?? ""], cancellationToken);

    /// <summary>How many messages came in; null: the conversation is there already.</summary>
    internal Task<int?> ImportAsync(Claims claims, ImportedConversation conversation, CancellationToken cancellationToken) => database.FindAsync(
        claims,
        new Statement(
            "select overmind.import_conversation($1::jsonb, $2::jsonb, $3::jsonb, $4::jsonb)", conversation.Conversation.ToJsonString(), conversation.Branches.ToJsonString(),
            conversation.Messages.ToJsonString(), conversation.Versions.ToJsonString()),
        row => row.Value<int>(0), cancellationToken);

    Task<IReadOnlyList<(long Place, string Row)>> ListAsync(Claims claims, Statement statement, CancellationToken cancellationToken) =>
        database.ListAsync(claims, statement, row => (row.GetInt64(0), row.GetString(1)), cancellationToken);
}
