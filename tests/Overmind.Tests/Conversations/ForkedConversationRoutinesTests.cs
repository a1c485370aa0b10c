using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations;

public class ForkedConversationRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task A_conversation_begins_with_the_branch_of_another_up_to_a_message()
    {
        var source = await data.OneAsync<Guid>(
            data.Me, "insert into conversations (title, tags, model_provider, model_name, auto_prune) values ('Plans', '{work}', 'offline', 'offline', true) returning id");
        await data.MessageAsync(data.Me, source, "Be brief.", "system");
        var question = await data.MessageAsync(data.Me, source, "How?");
        await data.MessageAsync(data.Me, source, "So.", "assistant");
        await data.OneAsync<int>(data.Me, "select overmind.fork_branch($1, $2)", source, question);
        await data.DoAsync(
            data.Me,
            """
            insert into messages (conversation_id, role, content, tools, window_tokens, pinned, created_at)
            values ($1, 'assistant', 'Looking', '[{"id": "1", "name": "look", "arguments": {}}]', 7, true, '2026-01-02T03:04:05Z')
            """,
            source);
        await data.DoAsync(data.Me, """insert into messages (conversation_id, role, content, content_parts) values ($1, 'tool', 'Found', '{"type": "tool_result", "tool_call_id": "1", "output": "Found"}')""", source);
        var last = await data.MessageAsync(data.Me, source, "Otherwise.", "assistant");
        await data.MessageAsync(data.Me, source, "And then?");

        var fork = await ForkAsync(source, last);
        (await SaidAsync(fork)).ShouldBe("system:Be brief. user:How? assistant:Looking tool:Found assistant:Otherwise.");
        (await data.OneAsync<bool>(
            data.Me,
            """
            select c.title = 'Plans' and c.tags = '{work}' and c.model_name = 'offline' and c.auto_prune and c.visibility = 'private' and c.active_branch = 0
                and c.forked_from_conversation_id = $2 and c.forked_from_message_id = $3 and c.message_count = 5
                and c.rolling_tokens = overmind.count_window(c.organization_id, c.id, 0)
                and exists (
                    select from messages m
                    where m.conversation_id = c.id and m.pinned and m.window_tokens = 7 and m.created_at = '2026-01-02T03:04:05Z' and m.tools -> 0 ->> 'id' = '1')
            from conversations c
            where c.id = $1
            """,
            fork, source, last)).ShouldBeTrue();
        // Its own: what is said in one is not said in the other.
        await data.DoAsync(data.Me, "delete from conversations where id = $1", source);
        (await data.OneAsync<int>(data.Me, "select message_count from conversations where id = $1", fork)).ShouldBe(5);
    }

    [Fact]
    public async Task What_is_deleted_or_blocked_stays_out_and_nothing_an_answer_cost_is_counted_again()
    {
        var source = await data.ConversationAsync(data.Me);
        var gone = await data.MessageAsync(data.Me, source, "gone");
        var blocked = await data.MessageAsync(data.Me, source, "blocked");
        await data.DoAsync(
            data.Me,
            """
            with said as (
                insert into messages (conversation_id, role, content, tokens_used, window_tokens, run_id)
                values ($1, 'assistant', 'An answer', 5000, 12, overmind.uuid_v7())
                returning id)
            select id from said
            """,
            source);
        var last = await data.MessageAsync(data.Me, source, "last");
        await data.DoAsync(data.Me, "update messages set deleted_at = now() where id = $1", gone);
        await data.OneAsync<Guid>(data.First.Admin, "select message_id from overmind.review_message($1, 'blocked', '{\"code\": \"blocked\", \"source\": \"review\"}')", blocked);

        var fork = await ForkAsync(source, last);
        (await SaidAsync(fork)).ShouldBe("assistant:An answer user:last");
        (await data.OneAsync<bool>(data.Me, "select sum(tokens_used) is null and bool_and(run_id is null) and sum(window_tokens) = 12 from messages where conversation_id = $1", fork)).ShouldBeTrue();
    }

    [Fact]
    public async Task Only_a_message_that_is_there_in_a_conversation_that_one_sees_is_forked()
    {
        var source = await data.ConversationAsync(data.Me);
        var message = await data.MessageAsync(data.Me, source);
        var elsewhere = await data.MessageAsync(data.Me, await data.ConversationAsync(data.Me));
        const string fork = "select overmind.fork_conversation($1, $2, overmind.uuid_v7())";
        (await data.RefusedAsync(data.Me, fork, source, elsewhere)).ShouldBe("23503");
        (await data.RefusedAsync(data.Second.User, fork, source, message)).ShouldBe("23503");
        await data.DoAsync(data.Me, "update messages set deleted_at = now() where id = $1", message);
        (await data.RefusedAsync(data.Me, fork, source, message)).ShouldBe("23503");
    }

    [Fact]
    public async Task Asked_twice_with_one_id_it_is_made_once()
    {
        var source = await data.ConversationAsync(data.Me);
        var message = await data.MessageAsync(data.Me, source);
        var id = Guid.CreateVersion7();
        const string fork = "select overmind.fork_conversation($1, $2, $3, 'Again')";
        (await data.OneAsync<int>(data.Me, fork, source, message, id)).ShouldBe(1);
        (await data.OneAsync<int>(data.Me, fork, source, message, id)).ShouldBe(0);
        (await data.OneAsync<string>(data.Me, "select title || message_count from conversations where id = $1", id)).ShouldBe("Again1");
    }

    async Task<Guid> ForkAsync(Guid conversation, Guid message)
    {
        var id = Guid.CreateVersion7();
        await data.OneAsync<int>(data.Me, "select overmind.fork_conversation($1, $2, $3)", conversation, message, id);
        return id;
    }

    Task<string> SaidAsync(Guid conversation) => data.OneAsync<string>(
        data.Me, "select string_agg(role || ':' || content, ' ' order by seq) from messages where conversation_id = $1", conversation);
}
