using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations;

public class MessageVersionRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task A_change_keeps_what_was_said_with_who_said_it_and_why()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var message = await data.MessageAsync(data.Me, conversation, "one");
        await using (var results = await data.Requests.SendAsync(
            data.Me, [new("set local app.change_reason = 'typo'"), new("update messages set content = 'two' where id = $1", message)], default))
            await results.CompleteAsync();
        await data.DoAsync(data.First.Admin, """update messages set metadata = '{"a": "b"}' where id = $1""", message);
        // The same again is no change.
        await data.DoAsync(data.Me, "update messages set content = 'two' where id = $1", message);

        (await data.Requests.ListAsync<string>(
            data.Me,
            """
            select concat_ws(' ', version_number, content, metadata, changed_by = $2, change_reason)
            from message_versions
            where message_id = $1
            order by version_number
            """,
            [message, data.Me.UserId], default)).ShouldBe(["1 one {} t", "2 two {} t typo"]);
        (await data.OneAsync<string>(
            data.Me, "select concat_ws(' ', version_number, content, edited, changed_by = $2, change_reason) from messages where id = $1", message, data.First.Admin.UserId!))
            .ShouldBe("3 two t t");
    }

    [Fact]
    public async Task A_vector_of_the_earlier_text_goes_with_it()
    {
        var message = await data.MessageAsync(data.Me, await data.ConversationAsync(data.Me), "one");
        await data.DoAsync(data.Me, "update messages set embedding = '[1,2]', embedding_model_name = 'm', embedding_dimensions = 2 where id = $1", message);
        await data.DoAsync(data.Me, "update messages set content = 'two' where id = $1", message);
        (await data.OneAsync<bool>(data.Me, "select embedding is null and embedding_model_name is null from messages where id = $1", message)).ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_writes_versions_by_hand_nor_changes_another_persons_message()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var message = await data.MessageAsync(data.Me, conversation, "one");
        await data.DoAsync(data.Me, "update messages set content = 'two' where id = $1", message);
        await data.DoAsync(data.Me, "update conversations set visibility = 'organization' where id = $1", conversation);

        foreach (var (caller, sql) in ((Overmind.Postgres.Claims, string)[])
        [
            (data.Me, "update message_versions set content = 'never' where message_id = $1"),
            (data.First.Admin, "delete from message_versions where message_id = $1"),
            (data.Me, "update messages set version_number = 7 where id = $1"),
            (data.Me, "update messages set change_reason = 'none' where id = $1"),
            (data.First.OtherUser, "update messages set content = 'mine' where id = $1"),
            (data.First.OtherUser, """update messages set metadata = '{"a": "b"}' where id = $1"""),
        ])
            (await data.RefusedAsync(caller, sql, message)).ShouldBe("42501", sql);
        (await data.OneAsync<long>(data.First.OtherUser, "select count(*) from message_versions where message_id = $1", message)).ShouldBe(1);
    }
}
