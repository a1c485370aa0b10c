using Npgsql;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The SQL of branches and of the tree that they make.</summary>
public sealed class BranchStore(Database database)
{
    const string SelectSql = """
        select
            b.id, b.conversation_id, b.number, b.parent_number, m.id as forked_after_message_id, b.name, b.reason, b.number = c.active_branch, b.created_by,
            b.created_at
        from conversations as c
        join conversation_branches as b on (b.organization_id, b.conversation_id) = (c.organization_id, c.id)
        left join messages as m on (m.organization_id, m.conversation_id, m.seq) = (b.organization_id, b.conversation_id, b.forked_after_seq)
        where c.id = $1
        and c.deleted_at is null
        """;

    const string CheckSql = "select exists (select from conversations where id = $1 and deleted_at is null)";

    /// <summary>Makes a branch after a message and makes it the active one.</summary>
    /// <exception cref="PostgresException">23503: there is no such message in the conversation.</exception>
    internal async Task<Branch> ForkAsync(Claims claims, Guid conversationId, Guid messageId, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new("select overmind.fork_branch($1, $2)", conversationId, messageId),
                // Behind the conversation's row, so that the newest is this one.
                new($"{SelectSql} order by b.number desc limit 1", conversationId),
            ],
            cancellationToken);
        await results.FindAsync(row => row.GetInt32(0));
        return (await results.FindAsync(Map))!;
    }

    /// <summary>One row more than the limit, where there are more; null when there is no such conversation.</summary>
    internal async Task<IReadOnlyList<Branch>?> ListAsync(Claims claims, Guid conversationId, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = [conversationId, Parameter.Uuid(page.Cursor)];
        var created = CreatedRange.And(page.CreatedAt, parameters, "b.created_at");
        var list = new Statement(
            $"""
            {SelectSql}
            and ($2::uuid is null or b.number {(page.ReadsUpwards ? ">" : "<")} (select number from conversation_branches where id = $2 and conversation_id = $1))
            {created}
            order by b.number {(page.ReadsUpwards ? "asc" : "desc")}
            limit {page.Limit + 1}
            """,
            [.. parameters]);
        await using var results = await database.SendAsync(claims, [new(CheckSql, conversationId), list], cancellationToken);
        var exists = await results.FindAsync(row => row.GetBoolean(0));
        var rows = await results.ListAsync(Map);
        return exists ? rows : null;
    }

    /// <summary>Null when there is no such branch.</summary>
    internal async Task<Branch?> RenameAsync(Claims claims, Guid conversationId, int number, string? name, CancellationToken cancellationToken)
    {
        await using var results = await database.SendAsync(
            claims,
            [
                new(
                    """
                    update conversation_branches
                    set name = $3
                    where conversation_id = $1
                    and number = $2
                    and exists (select from conversations where id = $1 and deleted_at is null)
                    """,
                    conversationId, number, Parameter.Text(name)),
                new($"{SelectSql} and b.number = $2", conversationId, number),
            ],
            cancellationToken);
        return await results.FindAsync(Map);
    }

    /// <summary>A page of the messages of all branches, by their order; as <see cref="ListAsync"/>.</summary>
    internal async Task<IReadOnlyList<TreeNode>?> TreeAsync(Claims claims, Guid conversationId, PageRequest page, CancellationToken cancellationToken)
    {
        List<object?> parameters = page.Cursor is { } cursor ? [conversationId, cursor] : [conversationId];
        var created = CreatedRange.And(page.CreatedAt, parameters);
        var tree = new Statement(
            $"""
            with active as (
                select s.branch, s.after_seq, s.until_seq
                from conversations as c
                cross join lateral overmind.branch_segments(c.organization_id, c.id, c.active_branch) as s
                where c.id = $1
            )
            select
                id, parent_message_id, branch, seq, role, left(content, 80), created_at,
                exists (select from active as a where a.branch = messages.branch and messages.seq > a.after_seq and messages.seq <= a.until_seq)
            from messages
            where conversation_id = $1
            and deleted_at is null
            {(page.Cursor is null ? "" : $"and seq {(page.ReadsUpwards ? ">" : "<")} (select c.seq from messages as c where c.id = $2 and c.conversation_id = $1)")}
            {created}
            order by seq {(page.ReadsUpwards ? "asc" : "desc")}
            limit {page.Limit + 1}
            """,
            [.. parameters]);
        await using var results = await database.SendAsync(claims, [new(CheckSql, conversationId), tree], cancellationToken);
        var exists = await results.FindAsync(row => row.GetBoolean(0));
        var rows = await results.ListAsync(Node);
        return exists ? rows : null;
    }

    static Branch Map(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        ConversationId = row.GetGuid(1),
        Number = row.GetInt32(2),
        ParentNumber = row.GetInt32(3),
        ForkedAfterMessageId = row.Value<Guid>(4),
        Name = row.Text(5),
        Reason = row.Word<BranchReason>(6),
        IsActive = row.GetBoolean(7),
        CreatedBy = row.Value<Guid>(8),
        CreatedAt = row.Time(9),
    };

    static TreeNode Node(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        ParentMessageId = row.Value<Guid>(1),
        Branch = row.GetInt32(2),
        Seq = row.GetInt64(3),
        Role = row.Word<MessageRole>(4),
        Preview = row.GetString(5),
        CreatedAt = row.Time(6),
        IsActive = row.GetBoolean(7),
    };
}
