using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations;

public class ConversationRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Theory]
    [InlineData("is_archived = true", "archived true false")]
    [InlineData("status = 'archived'", "archived true false")]
    [InlineData("deleted_at = now()", "deleted false true")]
    [InlineData("status = 'deleted'", "deleted false true")]
    [InlineData("title = 'Same'", "active false false")]
    public async Task Whichever_name_of_the_state_is_written_the_others_follow(string change, string state)
    {
        var conversation = await data.ConversationAsync(data.Me);
        await data.DoAsync(data.Me, $"update conversations set {change} where id = $1", conversation);
        (await StateAsync(conversation)).ShouldBe(state);
    }

    [Fact]
    public async Task And_back()
    {
        var conversation = await data.ConversationAsync(data.Me);
        foreach (var (change, state) in ((string, string)[])
        [
            ("is_archived = true", "archived true false"),
            ("is_archived = false", "active false false"),
            ("status = 'archived'", "archived true false"),
            ("deleted_at = now()", "deleted false true"),
            ("deleted_at = null", "active false false"),
            ("status = 'deleted'", "deleted false true"),
            ("status = 'active'", "active false false"),
        ])
        {
            await data.DoAsync(data.Me, $"update conversations set {change} where id = $1", conversation);
            (await StateAsync(conversation)).ShouldBe(state, change);
        }
        (await data.OneAsync<string>(data.Me, "insert into conversations (is_archived) values (true) returning status")).ShouldBe("archived");
    }

    [Fact]
    public async Task Who_sees_a_conversation_sees_all_that_hangs_on_it()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var question = await data.MessageAsync(data.Me, conversation);
        var run = await data.OneAsync<Guid>(data.Me, "insert into workflow_runs (conversation_id, question_message_id) values ($1, $2) returning id", conversation, question);
        await data.DoAsync(data.Me, "insert into run_steps (run_id, step_key) values ($1, '1/observe')", run);
        await data.DoAsync(data.Me, """select overmind.append_run_events($1, '[{"type": "run.created"}]')""", run);
        await data.DoAsync(data.Me, "insert into synthesis_events (run_id, conversation_id, message_id) values ($1, $2, $3)", run, conversation, question);

        (await SeenAsync()).ShouldBe(0);
        await data.DoAsync(data.Me, "update conversations set visibility = 'organization' where id = $1", conversation);
        (await SeenAsync()).ShouldBe(6);
        await data.DoAsync(data.Me, "update conversations set visibility = 'private' where id = $1", conversation);
        (await SeenAsync()).ShouldBe(0);

        Task<long> SeenAsync() => data.OneAsync<long>(data.First.OtherUser,
            """
            select (select count(*) from conversations where id = $1)
                + (select count(*) from messages where conversation_id = $1)
                + (select count(*) from workflow_runs where conversation_id = $1)
                + (select count(*) from run_steps where run_id = $2)
                + (select count(*) from run_events where run_id = $2)
                + (select count(*) from synthesis_events where run_id = $2)
            """, conversation, run);
    }

    [Fact]
    public async Task A_conversation_that_goes_for_good_takes_everything_with_it()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var question = await data.MessageAsync(data.Me, conversation);
        var run = await data.OneAsync<Guid>(data.Me, "insert into workflow_runs (conversation_id, question_message_id) values ($1, $2) returning id", conversation, question);
        await data.DoAsync(data.Me, "insert into run_steps (run_id, step_key) values ($1, '1/observe')", run);

        await data.DoAsync(data.Me, "delete from conversations where id = $1", conversation);

        (await data.Owner.ScalarAsync<long>("select (select count(*) from messages where conversation_id = $1) + (select count(*) from run_steps where run_id = $2)", conversation, run)).ShouldBe(0);
    }

    Task<string> StateAsync(Guid conversation) => data.OneAsync<string>(
        data.Me, "select concat_ws(' ', status, is_archived::text, (deleted_at is not null)::text) from conversations where id = $1", conversation);
}
