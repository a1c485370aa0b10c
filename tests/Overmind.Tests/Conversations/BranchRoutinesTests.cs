using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations;

public class BranchRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task A_branch_shares_what_was_said_before_it_left_and_nothing_after()
    {
        var (conversation, ids) = await SaidAsync("a", "b", "c", "d");
        (await ForkAsync(conversation, ids[1])).ShouldBe(1);
        await data.MessageAsync(data.Me, conversation, "B1");
        var last = await data.MessageAsync(data.Me, conversation, "B2");
        (await ForkAsync(conversation, last)).ShouldBe(2);
        await data.MessageAsync(data.Me, conversation, "B3");
        await data.DoAsync(data.Me, "update conversations set active_branch = 0 where id = $1", conversation);
        await data.MessageAsync(data.Me, conversation, "e");

        (await ReadAsync(conversation, 0)).ShouldBe("a b c d e");
        (await ReadAsync(conversation, 1)).ShouldBe("a b B1 B2");
        (await ReadAsync(conversation, 2)).ShouldBe("a b B1 B2 B3");
        (await data.OneAsync<int>(data.Me, "select message_count from conversations where id = $1", conversation)).ShouldBe(8);
    }

    [Fact]
    public async Task A_branch_of_a_shared_message_leaves_the_branch_that_the_message_stands_on()
    {
        var (conversation, ids) = await SaidAsync("a", "b", "c");
        await ForkAsync(conversation, ids[1]);
        await data.MessageAsync(data.Me, conversation, "B1");
        await ForkAsync(conversation, ids[0]);
        await data.MessageAsync(data.Me, conversation, "C1");
        (await data.OneAsync<string>(
            data.Me, "select string_agg(concat_ws(' ', number, parent_number, forked_after_seq, reason), ', ' order by number) from conversation_branches where conversation_id = $1",
            conversation)).ShouldBe("1 0 2 fork, 2 0 1 fork");
        (await ReadAsync(conversation, 2)).ShouldBe("a C1");
    }

    [Fact]
    public async Task A_question_that_is_put_otherwise_again_stands_beside_the_ones_before()
    {
        var (conversation, ids) = await SaidAsync("a", "b");
        foreach (var text in (string[])["b2", "b3"])
        {
            await data.DoAsync(data.Me, "select overmind.fork_branch($1, $2, 'edit', true)", conversation, ids[^1]);
            ids.Add(await data.MessageAsync(data.Me, conversation, text));
        }

        (await ReadAsync(conversation, 2)).ShouldBe("a b3");
        (await data.OneAsync<string>(data.Me, "select string_agg(concat_ws(' ', parent_number, forked_after_seq), ', ' order by number) from conversation_branches where conversation_id = $1", conversation)).ShouldBe("0 1, 0 1");

        await data.DoAsync(data.Me, "select overmind.fork_branch($1, $2, 'edit', true)", conversation, ids[0]);
        await data.MessageAsync(data.Me, conversation, "a2");
        (await ReadAsync(conversation, 3)).ShouldBe("a2");
    }

    [Fact]
    public async Task A_message_follows_the_last_one_of_its_branch_that_is_not_deleted()
    {
        var (conversation, ids) = await SaidAsync("a", "b", "c");
        (await ParentAsync(ids[0])).ShouldBeNull();
        (await ParentAsync(ids[2])).ShouldBe(ids[1]);

        await ForkAsync(conversation, ids[1]);
        (await ParentAsync(await data.MessageAsync(data.Me, conversation, "B1"))).ShouldBe(ids[1]);

        await data.DoAsync(data.Me, "update conversations set active_branch = 0 where id = $1", conversation);
        await data.DoAsync(data.Me, "update messages set deleted_at = now() where id = $1", ids[2]);
        (await ParentAsync(await data.MessageAsync(data.Me, conversation, "d"))).ShouldBe(ids[1]);
    }

    [Fact]
    public async Task A_reply_goes_where_its_parent_is_the_last_and_else_makes_a_branch()
    {
        var (conversation, ids) = await SaidAsync("a", "b", "c");
        (await ReplyAsync(ids[2])).ShouldBe(0);
        (await ReplyAsync(ids[1])).ShouldBe(1);
        // It is active now, and has nothing of its own yet.
        (await ReplyAsync(ids[1])).ShouldBe(1);
        (await ReplyAsync(ids[2])).ShouldBe(0);
        (await data.OneAsync<int?>(data.Me, "select overmind.branch_for_reply($1, $2)", conversation, Guid.CreateVersion7())).ShouldBeNull();
        (await data.OneAsync<int>(data.Me, "select active_branch from conversations where id = $1", conversation)).ShouldBe(1);

        Task<int> ReplyAsync(Guid parent) => data.OneAsync<int>(data.Me, "select overmind.branch_for_reply($1, $2)", conversation, parent);
    }

    [Fact]
    public async Task A_parent_off_the_branch_and_a_branch_that_is_not_there_are_refused()
    {
        var (conversation, ids) = await SaidAsync("a", "b", "c");
        await ForkAsync(conversation, ids[0]);
        const string insert = "insert into messages (conversation_id, role, content, parent_message_id, branch) values ($1, 'user', 'x', $2, $3)";
        (await data.RefusedAsync(data.Me, insert, conversation, ids[1], 1)).ShouldBe("23503");
        (await data.RefusedAsync(data.Me, insert, conversation, ids[0], 2)).ShouldBe("23503");
        (await data.RefusedAsync(data.Me, "update conversations set active_branch = 2 where id = $1", conversation)).ShouldBe("23503");
        (await data.RefusedAsync(data.Me, "insert into conversation_branches (conversation_id, parent_number) values ($1, 7)", conversation)).ShouldBe("23514");
        await data.DoAsync(data.Me, insert, conversation, ids[0], 1);
        await data.DoAsync(data.Me, insert, conversation, ids[1], 0);
    }

    [Fact]
    public async Task Nothing_moves_in_the_tree_so_that_it_never_has_a_circle()
    {
        var (conversation, ids) = await SaidAsync("a", "b");
        await ForkAsync(conversation, ids[0]);
        (await data.RefusedAsync(data.Me, "update messages set parent_message_id = $2 where id = $1", ids[0], ids[1])).ShouldBe("42501");
        (await data.RefusedAsync(data.Me, "update messages set branch = 1 where id = $1", ids[1])).ShouldBe("42501");
        (await data.RefusedAsync(data.Me, "update conversation_branches set parent_number = 1 where conversation_id = $1", conversation)).ShouldBe("42501");
        (await data.RefusedAsync(data.Me, "update conversation_branches set forked_after_seq = 2 where conversation_id = $1", conversation)).ShouldBe("42501");
        await data.DoAsync(data.Me, "update conversation_branches set name = 'Mine' where conversation_id = $1", conversation);
    }

    [Fact]
    public async Task Who_sees_a_conversation_sees_its_branches()
    {
        var (conversation, ids) = await SaidAsync("a");
        await ForkAsync(conversation, ids[0]);
        (await SeenAsync()).ShouldBe(0);
        await data.DoAsync(data.Me, "update conversations set visibility = 'organization' where id = $1", conversation);
        (await SeenAsync()).ShouldBe(1);

        Task<long> SeenAsync() => data.OneAsync<long>(data.First.OtherUser, "select count(*) from conversation_branches where conversation_id = $1", conversation);
    }

    [Fact]
    public async Task A_page_looks_at_no_more_pieces_than_it_needs()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var last = await data.MessageAsync(data.Me, conversation, "0");
        for (var i = 1; i <= 30; i++)
        {
            await ForkAsync(conversation, last);
            last = await data.MessageAsync(data.Me, conversation, $"{i}");
        }

        const string pieces = "select count(*) from conversations c cross join lateral overmind.branch_segments(c.organization_id, c.id, 30, p_enough => $2) as s where c.id = $1";
        (await data.OneAsync<long>(data.Me, pieces, conversation, 5)).ShouldBe(5);
        (await data.OneAsync<long>(data.Me, pieces, conversation, 100)).ShouldBe(31);
        (await ReadAsync(conversation, 30)).ShouldBe(string.Join(' ', Enumerable.Range(0, 31)));
    }

    /// <summary>64 writers at once add, branch, delete and bring back; what is counted is what is there, each time somebody looks.</summary>
    [Fact]
    public async Task Counts_equal_a_recount_at_all_times_whoever_writes_at_once()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var session = await data.OneAsync<Guid>(data.Me, "insert into conversation_sessions (conversation_id) values ($1) returning id", conversation);
        var first = await data.MessageAsync(data.Me, conversation, "first");
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async writer =>
        {
            var random = new Random(writer);
            var mine = first;
            for (var i = 0; i < 6; i++)
            {
                switch (random.Next(5))
                {
                    case 0:
                        await ForkAsync(conversation, first);
                        break;
                    case 1:
                        await data.DoAsync(data.Me, "update messages set deleted_at = now() where id = $1 and deleted_at is null and id <> $2", mine, first);
                        break;
                    case 2:
                        await data.DoAsync(data.Me, "update messages set deleted_at = null where id = $1", mine);
                        break;
                    default:
                        mine = await data.OneAsync<Guid>(
                            data.Me, "insert into messages (conversation_id, role, content, session_id, tokens_used) values ($1, 'user', 'x', $2, 3) returning id", conversation, session);
                        break;
                }

                (await data.OneAsync<bool>(data.Me, Recount, conversation)).ShouldBeTrue();
            }
        }));

        (await data.OneAsync<bool>(
            data.Me, "select count(*) = max(seq) and count(*) = count(distinct seq) from messages where conversation_id = $1", conversation)).ShouldBeTrue();
        (await data.OneAsync<bool>(
            data.Me, "select coalesce(max(number) = count(*), true) from conversation_branches where conversation_id = $1", conversation)).ShouldBeTrue();
    }

    const string Recount = """
        select c.message_count = (select count(*) from messages m where m.conversation_id = c.id and m.deleted_at is null)
            and s.message_count = (select count(*) from messages m where m.session_id = s.id and m.deleted_at is null)
            and s.total_tokens_used = (select coalesce(sum(m.tokens_used), 0) from messages m where m.session_id = s.id)
        from conversations c
        join conversation_sessions s on s.conversation_id = c.id
        where c.id = $1
        """;

    async Task<(Guid Conversation, List<Guid> Messages)> SaidAsync(params string[] texts)
    {
        var conversation = await data.ConversationAsync(data.Me);
        List<Guid> ids = [];
        foreach (var text in texts)
            ids.Add(await data.MessageAsync(data.Me, conversation, text));
        return (conversation, ids);
    }

    Task<int> ForkAsync(Guid conversation, Guid message) => data.OneAsync<int>(data.Me, "select overmind.fork_branch($1, $2)", conversation, message);

    Task<Guid?> ParentAsync(Guid message) => data.OneAsync<Guid?>(data.Me, "select parent_message_id from messages where id = $1", message);

    Task<string> ReadAsync(Guid conversation, int branch) => data.OneAsync<string>(
        data.Me,
        """
        select string_agg(m.content, ' ' order by m.seq)
        from conversations c
        cross join lateral overmind.branch_segments(c.organization_id, c.id, $2) as s
        join messages m on m.conversation_id = c.id and m.branch = s.branch and m.seq > s.after_seq and m.seq <= s.until_seq
        where c.id = $1
        """,
        conversation, branch);
}
