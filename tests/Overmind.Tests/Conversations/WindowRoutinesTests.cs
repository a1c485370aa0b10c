using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations;

public class WindowRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task What_a_message_takes_is_what_was_counted_else_what_the_client_says_else_one_for_four_bytes()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await AddAsync(conversation, "user", "abcdefghi", windowTokens: 7);
        await RollingAsync(conversation, 7);
        await AddAsync(conversation, "user", "abcdefghi", tokensUsed: 12);
        await RollingAsync(conversation, 19);
        await AddAsync(conversation, "user", "abcdefghi");
        await RollingAsync(conversation, 22);
        // What an answer of a run took to make is not what it takes to read.
        await data.DoAsync(
            data.Me, "insert into messages (conversation_id, role, content, tokens_used, run_id) values ($1, 'assistant', 'abcd', 9000, $2)", conversation, Guid.CreateVersion7());
        await RollingAsync(conversation, 23);
    }

    [Fact]
    public async Task Editing_deleting_restoring_and_pinning_keep_the_sum()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var first = await AddAsync(conversation, "user", new string('x', 40), windowTokens: 10);
        await AddAsync(conversation, "assistant", "y", windowTokens: 5);

        await data.DoAsync(data.Me, "update messages set content = 'abcd' where id = $1", first);
        await RollingAsync(conversation, 6);
        await data.DoAsync(data.Me, "update messages set window_tokens = 3 where id = $1", first);
        await RollingAsync(conversation, 8);
        await data.DoAsync(data.Me, "update messages set pinned = true where id = $1", first);
        await RollingAsync(conversation, 8);
        await data.DoAsync(data.Me, "update messages set deleted_at = now() where id = $1", first);
        await RollingAsync(conversation, 5);
        await data.DoAsync(data.Me, "update messages set deleted_at = null where id = $1", first);
        await RollingAsync(conversation, 8);
        await data.DoAsync(data.Me, "delete from messages where id = $1", first);
        await RollingAsync(conversation, 5);
    }

    [Fact]
    public async Task The_oldest_messages_leave_one_by_one_and_nothing_of_them_changes()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await AddAsync(conversation, "system", "Be brief.", windowTokens: 5);
        for (var i = 0; i < 10; i++)
            await AddAsync(conversation, i % 2 == 0 ? "user" : "assistant", $"Message {i}", windowTokens: 10);
        var before = await WholeAsync(conversation);

        (await PruneAsync(conversation, 65)).ShouldBe(4);
        await RollingAsync(conversation, 65);
        (await WindowAsync(conversation)).ShouldBe("1 6 7 8 9 10 11");
        (await WholeAsync(conversation)).ShouldBe(before);
        (await PruneAsync(conversation, 65)).ShouldBe(0);
        (await data.OneAsync<bool>(data.Me, "select last_pruned_at is not null from conversations where id = $1", conversation)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_sliding_window_holds_the_last_whole_exchanges()
    {
        var conversation = await data.ConversationAsync(data.Me, "sliding_window");
        for (var i = 0; i < 4; i++)
        {
            await AddAsync(conversation, "user", $"Question {i}", windowTokens: 10);
            await AddAsync(conversation, "assistant", $"Answer {i}", windowTokens: 10);
        }

        (await PruneAsync(conversation, 50)).ShouldBe(4);
        (await WindowAsync(conversation)).ShouldBe("5 6 7 8");
    }

    [Fact]
    public async Task Calls_of_tools_stay_with_their_results_and_with_what_is_pinned_of_them()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await AddAsync(conversation, "user", "Look it up", windowTokens: 10);
        var call = await AddAsync(conversation, "assistant", "I look", windowTokens: 10);
        await AddAsync(conversation, "tool", "Found", windowTokens: 10);
        await AddAsync(conversation, "tool", "Found more", windowTokens: 10);
        await AddAsync(conversation, "assistant", "Here it is", windowTokens: 10);
        await AddAsync(conversation, "user", "Thanks", windowTokens: 10);

        // 25 tokens are two messages and a half: the call goes with both results.
        (await PruneAsync(conversation, 35)).ShouldBe(4);
        (await WindowAsync(conversation)).ShouldBe("5 6");

        await data.DoAsync(data.Me, "update messages set pinned = true where id = $1", call);
        (await WindowAsync(conversation)).ShouldBe("2 3 4 5 6");
        await RollingAsync(conversation, 50);
        (await PruneAsync(conversation, 0)).ShouldBe(1);
        (await WindowAsync(conversation)).ShouldBe("2 3 4 6");
        await data.DoAsync(data.Me, "update messages set pinned = false where conversation_id = $1 and seq = 4", conversation);
        (await WindowAsync(conversation)).ShouldBe("6");
        await RollingAsync(conversation, 10);
    }

    [Fact]
    public async Task System_messages_pinned_ones_and_the_newest_stay_whatever_the_target()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await AddAsync(conversation, "user", "Remember this", windowTokens: 10, pinned: true);
        await AddAsync(conversation, "system", "Be brief.", windowTokens: 10);
        await AddAsync(conversation, "user", "One", windowTokens: 10);
        await AddAsync(conversation, "user", "Two", windowTokens: 10);
        (await PruneAsync(conversation, 0)).ShouldBe(1);
        (await WindowAsync(conversation)).ShouldBe("1 2 4");
    }

    [Fact]
    public async Task A_full_window_is_pruned_by_the_message_that_fills_it()
    {
        var conversation = await data.OneAsync<Guid>(
            data.Me, "insert into conversations (auto_prune, max_context_tokens, prune_margin_ratio) values (true, 100, 0.8) returning id");
        for (var i = 0; i < 8; i++)
            await AddAsync(conversation, "user", $"Message {i}", windowTokens: 10);
        await RollingAsync(conversation, 80);
        await AddAsync(conversation, "user", "One more", windowTokens: 10);
        await RollingAsync(conversation, 60);
        (await WindowAsync(conversation)).ShouldBe("4 5 6 7 8 9");
    }

    [Fact]
    public async Task A_branch_begins_with_its_parents_window_where_that_lies_before_the_fork()
    {
        var conversation = await data.ConversationAsync(data.Me);
        for (var i = 0; i < 6; i++)
            await AddAsync(conversation, "user", $"Message {i}", windowTokens: 10);
        await PruneAsync(conversation, 40);

        (await ForkAsync(conversation, 4)).ShouldBe(1);
        (await WindowAsync(conversation, 1)).ShouldBe("3 4");
        await RollingAsync(conversation, 20);
        await AddAsync(conversation, "user", "On the branch", windowTokens: 1);
        await PruneAsync(conversation, 1);
        await RollingAsync(conversation, 1);
        (await WindowAsync(conversation)).ShouldBe("3 4 5 6");

        await data.DoAsync(data.Me, "update conversations set active_branch = 0 where id = $1", conversation);
        await RollingAsync(conversation, 40);
        (await ForkAsync(conversation, 1)).ShouldBe(2);
        (await WindowAsync(conversation, 2)).ShouldBe("1");
        await RollingAsync(conversation, 10);
    }

    [Fact]
    public async Task A_summary_that_covers_what_was_edited_or_deleted_is_served_no_more()
    {
        var conversation = await SummarizedAsync();
        await RollingAsync(conversation, 27);
        await data.DoAsync(data.Me, "update messages set metadata = '{\"a\": \"b\"}' where conversation_id = $1 and seq = 2", conversation);
        await RollingAsync(conversation, 27);
        await data.DoAsync(data.Me, "update messages set deleted_at = now() where conversation_id = $1 and seq = 2", conversation);
        await RollingAsync(conversation, 40);
        (await data.OneAsync<string?>(data.Me, "select summary from context_windows where conversation_id = $1", conversation)).ShouldBeNull();

        var edited = await SummarizedAsync();
        await data.DoAsync(data.Me, "update messages set content = 'abcd' where conversation_id = $1 and seq = 2", edited);
        await RollingAsync(edited, 41);
        var gone = await SummarizedAsync();
        await data.DoAsync(data.Me, "delete from messages where conversation_id = $1 and seq = 2", gone);
        await RollingAsync(gone, 40);
        // What it does not cover leaves it alone.
        var other = await SummarizedAsync();
        await data.DoAsync(data.Me, "update messages set content = 'abcd' where conversation_id = $1 and seq = 5", other);
        await RollingAsync(other, 18);
    }

    [Fact]
    public async Task Summarizing_is_a_job_and_the_window_is_as_before_until_it_is_done()
    {
        var conversation = await data.ConversationAsync(data.Me, "summarize");
        for (var i = 0; i < 3; i++)
            await AddAsync(conversation, "user", $"Message {i}", windowTokens: 10);
        (await PruneAsync(conversation, 10)).ShouldBe(0);
        (await PruneAsync(conversation, 10)).ShouldBe(0);
        await RollingAsync(conversation, 30);
        (await data.OneAsync<string>(
            data.Me, "select string_agg(payload ->> 'target_tokens', ' ') from jobs where kind = 'conversation.summarize' and payload ->> 'conversation_id' = $1::text", conversation)).ShouldBe("10");
    }

    [Fact]
    public async Task Of_hybrid_the_least_important_leave_first()
    {
        var conversation = await data.ConversationAsync(data.Me, "hybrid");
        await AddAsync(conversation, "user", "The question", windowTokens: 10);
        await AddAsync(conversation, "assistant", "A long answer", windowTokens: 100);
        await AddAsync(conversation, "user", "Another", windowTokens: 10);
        await AddAsync(conversation, "assistant", "The last", windowTokens: 10);
        (await data.OneAsync<string>(
            data.Me, "select after_seq || ' ' || kept_seqs::text || ' ' || left_tokens from overmind.plan_pruning($1, 0, 50, 'hybrid')", conversation)).ShouldBe("2 {1} 100");
    }

    [Fact]
    public async Task Pruning_is_refused_below_nothing_and_where_one_may_not_write()
    {
        var conversation = await data.ConversationAsync(data.Me);
        (await data.RefusedAsync(data.Me, "select prune_conversation($1, -1)", conversation)).ShouldBe("22023");
        (await data.RefusedAsync(data.Second.User, "select prune_conversation($1, 1)", conversation)).ShouldBe("23503");
    }

    [Fact]
    public async Task The_statements_of_the_use_case_run_as_written()
    {
        var conversation = await data.OneAsync<Guid>(
            data.Me,
            """
            INSERT INTO public.conversations (
              user_id,
              title,
              model_name,
              model_provider,
              max_context_tokens,
              auto_prune,
              prune_strategy,
              prune_margin_ratio
            )
            VALUES (
              auth.uid(),
              'Project Planning Discussion',
              'gpt-4-turbo',
              'openai',
              128000,              -- GPT-4 Turbo context window
              true,                -- Auto-prune when near limit
              'fifo',              -- Remove oldest messages first
              0.90                 -- Start pruning at 90% (115,200 tokens)
            )
            RETURNING id;
            """);
        await data.DoAsync(
            data.Me,
            """
            INSERT INTO public.messages (conversation_id, user_id, role, content, tokens_used)
            VALUES
              ('conv-id', auth.uid(), 'user', 'How do I plan a software project?', 12),
              ('conv-id', auth.uid(), 'assistant', 'Here are 5 key steps...', 450);
            """.Replace("conv-id", conversation.ToString()));
        var usage = """
            SELECT
              rolling_tokens,
              max_context_tokens,
              ROUND((rolling_tokens::numeric / max_context_tokens) * 100, 2) as usage_pct,
              last_pruned_at
            FROM public.conversations
            WHERE id = 'conv-id'
            """.Replace("conv-id", conversation.ToString());
        (await data.OneAsync<string>(data.Me, $"select rolling_tokens || ' ' || usage_pct || ' ' || (last_pruned_at is null) from ({usage}) as u")).ShouldBe("462 0.36 true");

        (await data.OneAsync<int>(data.Me, "SELECT public.prune_conversation('conv-id', 100000); -- Prune to 100k tokens".Replace("conv-id", conversation.ToString()))).ShouldBe(0);
        await data.DoAsync(
            data.Me,
            """
            INSERT INTO public.messages (conversation_id, user_id, role, content, tokens_used)
            VALUES ('conv-id', auth.uid(), 'user', 'And a long one', 114000), ('conv-id', auth.uid(), 'user', 'And another', 1000);
            """.Replace("conv-id", conversation.ToString()));
        await RollingAsync(conversation, 1000);
        (await data.OneAsync<string>(data.Me, "select total_tokens || ' ' || context_window_size || ' ' || pruning_strategy from conversation_context where conversation_id = $1", conversation))
            .ShouldBe("1000 128000 fifo");
    }

    [Fact]
    public async Task A_window_is_as_large_as_is_said_else_as_its_models()
    {
        async Task<long> SizeAsync(string columns, string values) => await data.OneAsync<long>(
            data.Me, "select overmind.context_size($1)", await data.OneAsync<Guid>(data.Me, $"insert into conversations ({columns}) values ({values}) returning id"));
        (await SizeAsync("max_context_tokens", "5000")).ShouldBe(5000);
        (await SizeAsync("model_provider, model_name", "'openai', 'gpt-4-turbo'")).ShouldBe(128_000);
        (await SizeAsync("model_provider, model_name", "'offline', 'offline'")).ShouldBe(8000);
    }

    async Task<Guid> SummarizedAsync()
    {
        var conversation = await data.ConversationAsync(data.Me, "summarize");
        for (var i = 0; i < 5; i++)
            await AddAsync(conversation, "user", $"Message {i}", windowTokens: 10);
        await data.DoAsync(
            data.Me,
            """
            insert into context_windows (conversation_id, branch, after_seq, strategy, summary, summary_tokens, summary_from_seq, summary_until_seq, summary_model)
            values ($1, 0, 3, 'summarize', 'Three messages.', 7, 1, 3, 'offline/offline')
            """, conversation);
        return conversation;
    }

    Task<Guid> AddAsync(Guid conversation, string role, string content, int? windowTokens = null, int? tokensUsed = null, bool pinned = false) => data.OneAsync<Guid>(
        data.Me,
        "insert into messages (conversation_id, role, content, window_tokens, tokens_used, pinned) values ($1, $2, $3, $4::integer, $5::integer, $6) returning id",
        conversation, role, content, Parameter.Integer(windowTokens), Parameter.Integer(tokensUsed), pinned);

    Task<int> PruneAsync(Guid conversation, long target) => data.OneAsync<int>(data.Me, "select prune_conversation($1, $2)", conversation, target);

    Task<int> ForkAsync(Guid conversation, long after) => data.OneAsync<int>(
        data.Me, "select overmind.fork_branch($1, (select id from messages where conversation_id = $1 and seq = $2))", conversation, after);

    Task<string> WindowAsync(Guid conversation, int branch = 0) => data.OneAsync<string>(
        data.Me, "select string_agg(seq::text, ' ' order by seq) from overmind.window_messages(overmind.org_id(), $1, $2)", conversation, branch);

    Task<string> WholeAsync(Guid conversation) =>
        data.OneAsync<string>(data.Me, "select string_agg(m::text, ' ' order by seq) from messages m where conversation_id = $1", conversation);

    async Task RollingAsync(Guid conversation, long tokens) =>
        (await data.OneAsync<long>(data.Me, "select rolling_tokens from conversations where id = $1", conversation)).ShouldBe(tokens);
}
