using Npgsql;
using Overmind.Postgres;

namespace Overmind.Conversations.Sharing;

/// <summary>The SQL of sharing.</summary>
public sealed class ShareStore(Database database)
{
    const string Columns = """
        id, conversation_id, title, branch,
        case when revoked_at is not null then 'revoked' when expires_at <= clock_timestamp() then 'expired' else 'active' end,
        view_count, last_viewed_at, expires_at, revoked_at, created_by, created_at
        """;

    const string InsertSql = $"""
        insert into conversation_shares (id, conversation_id, token_hash, title, branch, until_seq, expires_at)
        select $1, c.id, $3, c.title, coalesce($4, c.active_branch), c.last_seq, $5
        from conversations c
        where c.id = $2
        and c.deleted_at is null
        and (coalesce($4, 0) = 0 or exists (select from conversation_branches b where b.conversation_id = c.id and b.number = $4))
        returning {Columns}
        """;

    const string RevokeSql = """
        update conversation_shares
        set revoked_at = clock_timestamp()
        where id = $1
        and revoked_at is null
        """;

    /// <summary>The first is null when it was not made, the second tells whether the conversation is there.</summary>
    /// <exception cref="PostgresException">23503: the caller may not share it.</exception>
    internal async Task<(Share? Made, bool Exists)> InsertAsync(Claims claims, Guid conversationId, NewShare share, ShareToken token, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new(InsertSql, share.Id, conversationId, token.SecretHash, Parameter.Integer(share.Branch), Parameter.Time(share.ExpiresAt)),
                new("select exists (select from conversations where id = $1 and deleted_at is null)", conversationId),
            ],
            cancellationToken);
        return (await results.FindAsync(Map), await results.FindAsync<bool>());
    }

    /// <summary>One row more than the limit, where there are more. A member's own; an admin's the organization's.</summary>
    internal Task<IReadOnlyList<Share>> ListAsync(Claims claims, Guid? conversationId, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [Parameter.Uuid(page.Cursor), page.Limit + 1, Parameter.Uuid(conversationId)];
        var sql = $"""
            select {Columns}
            from conversation_shares
            where ($1 is null or id {(page.ReadsUpwards ? ">" : "<")} $1)
            and ($3 is null or conversation_id = $3){CreatedRange.And(page.CreatedAt, parameters)}
            order by id {(page.ReadsUpwards ? "asc" : "desc")}
            limit $2
            """;
        return database.ListAsync(claims, new Statement(sql, [.. parameters]), Map, cancellationToken);
    }

    /// <summary>Whether there was one that was not revoked before.</summary>
    internal async Task<bool> RevokeAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(claims, RevokeSql, [id], cancellationToken) > 0;

    /// <summary>What a link shows, and counts that it was read; null when it is not good. The same statements whether it is or not.</summary>
    internal async Task<(string Title, DateTimeOffset SharedAt, DateTimeOffset? ExpiresAt, IReadOnlyList<SharedMessage> Messages)?> ViewAsync(
        ShareToken token, int limit, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            Claims.Service,
            [
                new("select title, shared_at, expires_at from overmind.view_share($1, $2)", token.OrganizationId, token.SecretHash),
                new("select role, content, created_at, attachments from overmind.shared_messages($1, $2, $3)", token.OrganizationId, token.SecretHash, limit),
            ],
            cancellationToken);
        var share = await results.FindAsync(row => ((string, DateTimeOffset, DateTimeOffset?)?)(row.GetString(0), row.Time(1), row.IsDBNull(2) ? null : row.Time(2)));
        var messages = await results.ListAsync(row => new SharedMessage(row.Word<MessageRole>(0), row.GetString(1), row.Time(2), row.GetFieldValue<string[]>(3)));
        await results.CompleteAsync();
        return share is var (title, sharedAt, expiresAt) ? (title, sharedAt, expiresAt, messages) : null;
    }

    /// <summary>Counts the views since the last time.</summary>
    internal Task FoldAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync(Claims.Service, "select overmind.fold_share_views()", [], cancellationToken);

    static Share Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        ConversationId = row.GetGuid(1),
        Title = row.GetString(2),
        Branch = row.GetInt32(3),
        Status = row.Word<ShareStatus>(4),
        ViewCount = row.GetInt64(5),
        LastViewedAt = row.IsDBNull(6) ? null : row.Time(6),
        ExpiresAt = row.IsDBNull(7) ? null : row.Time(7),
        RevokedAt = row.IsDBNull(8) ? null : row.Time(8),
        CreatedBy = row.GetGuid(9),
        CreatedAt = row.Time(10),
    };
}
