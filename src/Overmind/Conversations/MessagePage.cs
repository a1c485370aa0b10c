using System.Collections.Concurrent;
using Overmind.Postgres;

namespace Overmind.Conversations;

/// <summary>The SQL of a page of a branch: one text for each shape of page, so that it stays prepared.</summary>
static class MessagePage
{
    static readonly ConcurrentDictionary<(int Limit, bool Upwards, bool HasCursor, string Created), string> TrunkTexts = [];
    static readonly ConcurrentDictionary<(int Limit, bool Upwards, bool HasCursor, string Created), string> BranchTexts = [];

    // The trunk is read together with what tells whether it is the active branch: most conversations have no other, and looking for its pieces would cost each
    // page of theirs half as much again (0.36 against 0.23 ms). Only where another is active a second round trip reads that.
    internal static Statement StatementOf(Guid conversationId, int branch, PageRequest page)
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
        select {MessageRow.Columns}
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
                select {MessageRow.Columns}
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
}
