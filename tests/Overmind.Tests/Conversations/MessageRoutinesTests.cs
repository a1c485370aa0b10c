using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations;

public class MessageRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task Messages_are_numbered_without_gaps_whoever_writes_at_once()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => data.MessageAsync(data.Me, conversation, $"Message {i}")));
        // A failed one leaves no gap.
        (await data.RefusedAsync(data.Me, "insert into messages (conversation_id, role, content) values ($1, 'nobody', 'x')", conversation)).ShouldBe("23514");
        await data.MessageAsync(data.Me, conversation);

        (await data.Requests.ListAsync<long>(data.Me, "select seq from messages where conversation_id = $1 order by seq", [conversation], default))
            .ShouldBe(Enumerable.Range(1, 41).Select(i => (long)i));
        (await data.OneAsync<int>(data.Me, "select message_count from conversations where id = $1", conversation)).ShouldBe(41);
    }

    [Theory]
    [InlineData("How do I plan a project?", "How do I plan a project?")]
    [InlineData("\n\n  First   line \t here \r\nsecond", "First line here")]
    [InlineData("   \n ", "New Conversation")]
    [InlineData("", "New Conversation")]
    [InlineData("One two three four five six seven eight nine ten eleven twelve thirteen fourteen, fifteen", "One two three four five six seven eight nine ten eleven twelve thirteen…")]
    [InlineData("مرحبا 👋 كيف الحال", "مرحبا 👋 كيف الحال")]
    public async Task The_title_is_made_from_the_first_question(string question, string title)
    {
        var conversation = await data.ConversationAsync(data.Me);
        await data.MessageAsync(data.Me, conversation, "You are helpful.", "system");
        await data.MessageAsync(data.Me, conversation, question);
        (await data.OneAsync<string>(data.Me, "select title from conversations where id = $1", conversation)).ShouldBe(title);
    }

    [Fact]
    public async Task A_title_is_at_most_80_characters_and_is_made_once()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await data.MessageAsync(data.Me, conversation, new string('x', 300));
        await data.MessageAsync(data.Me, conversation, "Another question");
        (await data.OneAsync<string>(data.Me, "select title from conversations where id = $1", conversation)).ShouldBe(new string('x', 79) + "…");

        for (var length = 70; length < 100; length++)
            (await data.Owner.ScalarAsync<string>("select overmind.title_of($1)", string.Join(' ', Enumerable.Repeat("word", 30))[..length])).Length.ShouldBeLessThanOrEqualTo(80);
    }

    [Fact]
    public async Task The_count_leaves_out_what_is_deleted_softly_or_for_good()
    {
        var conversation = await data.ConversationAsync(data.Me);
        for (var i = 0; i < 5; i++)
            await data.MessageAsync(data.Me, conversation);

        await data.DoAsync(data.Me, "update messages set deleted_at = now() where conversation_id = $1 and seq <= 3", conversation);
        await CountAsync(conversation, 2);
        await data.DoAsync(data.Me, "update messages set deleted_at = now() where conversation_id = $1 and seq <= 3", conversation);
        await CountAsync(conversation, 2);
        await data.DoAsync(data.Me, "update messages set deleted_at = null where conversation_id = $1 and seq = 3", conversation);
        await CountAsync(conversation, 3);
        await data.DoAsync(data.Me, "delete from messages where conversation_id = $1 and seq in (1, 4)", conversation);
        await CountAsync(conversation, 2);
        await data.MessageAsync(data.Me, conversation);
        await CountAsync(conversation, 3);
        (await data.OneAsync<long>(data.Me, "select max(seq) from messages where conversation_id = $1", conversation)).ShouldBe(6);
    }

    [Fact]
    public async Task What_followed_a_message_that_goes_for_good_stays_without_a_parent()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var first = await data.MessageAsync(data.Me, conversation, "a");
        var second = await data.MessageAsync(data.Me, conversation, "b");
        var third = await data.MessageAsync(data.Me, conversation, "c");
        await data.DoAsync(data.Me, "delete from messages where id = any ($1)", new[] { first, second });
        (await data.OneAsync<bool>(data.Me, "select parent_message_id is null and seq = 3 from messages where id = $1", third)).ShouldBeTrue();

        await data.MessageAsync(data.Me, conversation, "d");
        await data.DoAsync(data.Me, "delete from conversations where id = $1", conversation);
        (await data.OneAsync<long>(data.Me, "select count(*) from messages where conversation_id = $1", conversation)).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_needs_a_conversation_that_is_there()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await data.DoAsync(data.Me, "update conversations set deleted_at = now() where id = $1", conversation);
        foreach (var id in (Guid[])[conversation, Guid.CreateVersion7()])
            (await data.RefusedAsync(data.Me, "insert into messages (conversation_id, role, content) values ($1, 'user', 'x')", id)).ShouldBe("23503");
    }

    [Fact]
    public async Task Conversation_stats_agree_with_the_messages()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await data.MessageAsync(data.Me, conversation);
        await data.DoAsync(data.Me,
            """
            insert into messages (conversation_id, role, content, quality_score, tokens_used, latency_ms, n2_iterations)
            values ($1, 'assistant', 'a', 8, 100, 1000, 2), ($1, 'assistant', 'b', 9, 50, 3000, 3), ($1, 'assistant', 'gone', 1, 1, 1, 9)
            """, conversation);
        await data.DoAsync(data.Me, "update messages set deleted_at = now() where conversation_id = $1 and content = 'gone'", conversation);

        (await data.OneAsync<string>(data.Me,
            """
            select concat_ws(' ', message_count, actual_message_count, avg_quality_score, total_tokens, avg_latency_ms::int, max_n2_iterations)
            from conversation_stats
            where id = $1
            """, conversation)).ShouldBe("3 3 8.5 150 2000 3");
    }

    async Task CountAsync(Guid conversation, int expected) =>
        (await data.OneAsync<int>(data.Me, "select message_count from conversations where id = $1", conversation)).ShouldBe(expected);
}
