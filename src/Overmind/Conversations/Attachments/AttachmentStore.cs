using System.Text.Json;
using Npgsql;
using Overmind.Postgres;

namespace Overmind.Conversations.Attachments;

/// <summary>The SQL of attachments; their contents are in <see cref="Files.FileStore"/>.</summary>
public sealed class AttachmentStore(Database database)
{
    // As long as one of its messages is there, and its conversation.
    const string SelectSql = """
        select
            a.id, a.name, a.media_type, a.size_bytes, encode(a.sha256, 'hex'), a.user_id, a.visibility, a.uploaded_by, a.conversation_id, shown.message_ids, a.created_at
        from attachments as a
        cross join lateral (
            select array(
                select m.id
                from messages as m
                where m.id = any (a.message_ids)
                and m.deleted_at is null
                order by m.seq
            ) as message_ids) as shown
        where a.deleted_at is null
        and (
            a.conversation_id is null
            or shown.message_ids <> '{}' and exists (select from conversations as c where c.id = a.conversation_id and c.deleted_at is null))
        """;

    const string InsertSql = "insert into attachments (id, name, media_type, size_bytes, sha256) values ($1, $2, $3, $4, $5) on conflict do nothing";

    // One that is not shown is not there to be deleted.
    const string DeleteSql = $"""
        update attachments
        set deleted_at = clock_timestamp()
        where id = (select shown.id from ({SelectSql} and a.id = $1) as shown)
        """;

    internal async Task<AttachmentSettings> SettingsAsync(Claims claims, CancellationToken cancellationToken)
    {
        var settings = await database.FindAsync<string>(claims, "select settings::text from organizations where id = overmind.org_id()", [], cancellationToken);
        using var document = JsonDocument.Parse(settings ?? "{}");
        return AttachmentSettings.Read(document.RootElement);
    }

    /// <summary>The statement that writes one, for the transaction that stores its content.</summary>
    internal static Statement Insert(NewAttachment attachment, string mediaType, Files.FileContent content) =>
        new(InsertSql, attachment.Id, attachment.Name, mediaType, content.SizeBytes, content.Sha256);

    internal Task<Attachment?> FindAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(claims, new Statement($"{SelectSql} and a.id = $1", id), Map, cancellationToken);

    /// <summary>Those of the ids that there are.</summary>
    internal Task<IReadOnlyList<Attachment>> FindAsync(Claims claims, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        database.ListAsync(claims, new Statement($"{SelectSql} and a.id = any ($1)", ids.ToArray()), Map, cancellationToken);

    /// <summary>One row more than the limit, where there are more. By id.</summary>
    internal Task<IReadOnlyList<Attachment>> ListAsync(Claims claims, Guid? conversationId, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [Parameter.Uuid(page.Cursor), page.Limit + 1, Parameter.Uuid(conversationId)];
        var sql = $"""
            {SelectSql}
            and ($1 is null or a.id {(page.ReadsUpwards ? ">" : "<")} $1)
            and ($3 is null or a.conversation_id = $3){CreatedRange.And(page.CreatedAt, parameters, "a.created_at")}
            order by a.id {(page.ReadsUpwards ? "asc" : "desc")}
            limit $2
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), Map, cancellationToken);
    }

    /// <summary>Whether there was one to delete.</summary>
    internal async Task<bool> DeleteAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(claims, DeleteSql, [id], cancellationToken) > 0;

    /// <summary>Deletes for good what is not needed any more among up to 1,000; returns how many, and the last that it looked at, null when there are no more.</summary>
    /// <param name="after">The last that the call before looked at; null for the first.</param>
    internal async Task<(int Deleted, (Guid OrganizationId, Guid Id)? Last)> PurgeAsync((Guid OrganizationId, Guid Id)? after, CancellationToken cancellationToken) =>
        await database.FindAsync(
            Claims.Service,
            new Statement("select deleted, last_organization_id, last_id from overmind.purge_attachments($1, $2)", after?.OrganizationId ?? Guid.Empty, after?.Id ?? Guid.Empty),
            row => (row.GetInt32(0), row.IsDBNull(1) ? ((Guid, Guid)?)null : (row.GetGuid(1), row.GetGuid(2))), cancellationToken);

    static Attachment Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Name = row.GetString(1),
        MediaType = row.GetString(2),
        SizeBytes = row.GetInt64(3),
        Sha256 = row.GetString(4),
        UserId = row.GetGuid(5),
        Visibility = row.Word<Visibility>(6),
        UploadedBy = row.GetGuid(7),
        ConversationId = row.Value<Guid>(8),
        MessageIds = row.GetFieldValue<Guid[]>(9),
        CreatedAt = row.Time(10),
    };
}
