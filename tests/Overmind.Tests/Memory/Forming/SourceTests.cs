namespace Overmind.Tests.Memory.Forming;

/// <summary>What is formed stands with the message that said it.</summary>
public class SourceTests(FormingDatabase forming) : IClassFixture<FormingDatabase>
{
    [Fact]
    public async Task What_a_deleted_message_said_goes_and_what_it_took_the_place_of_holds_again_until_it_comes_back()
    {
        await forming.ForgetAllAsync();
        await forming.FormAsync(await forming.SaidAsync("I live in Oslo.", 0));
        var conversation = await forming.Data.ConversationAsync(forming.Me);
        var message = await forming.SayAsync(conversation, "I moved to Rome.", 1);
        await forming.FormAsync(conversation);
        (await forming.HoldsAsync()).ShouldBe(["I moved to Rome."]);

        await forming.Data.DoAsync(forming.Me, "update messages set deleted_at = now() where id = $1", message);
        (await forming.HoldsAsync()).ShouldBe(["I live in Oslo."]);
        (await forming.Data.OneAsync<string>(forming.Me, "select withdrawn from memories where content = 'I moved to Rome.'")).ShouldBe("message");
        await forming.Data.DoAsync(forming.Me, "update messages set deleted_at = null where id = $1", message);
        (await forming.HoldsAsync()).ShouldBe(["I moved to Rome."]);
    }

    [Fact]
    public async Task What_another_message_says_too_rests_on_that_when_the_first_goes()
    {
        await forming.ForgetAllAsync();
        var first = await forming.Data.ConversationAsync(forming.Me);
        var message = await forming.SayAsync(first, "I like tea.", 0);
        await forming.FormAsync(first);
        var second = await forming.SaidAsync("I love tea.", 1);
        await forming.FormAsync(second);
        await forming.Data.DoAsync(forming.Me, "update messages set deleted_at = now() where id = $1", message);
        (await forming.HoldsAsync()).ShouldBe(["I like tea."]);
        (await forming.Data.OneAsync<Guid>(forming.Me, "select source_conversation_id from memories")).ShouldBe(second);
    }

    [Fact]
    public async Task Blocked_pending_assistants_and_system_messages_give_none()
    {
        await forming.ForgetAllAsync();
        var conversation = await forming.Data.ConversationAsync(forming.Me);
        await forming.SayAsync(conversation, "I live in Oslo.", role: "assistant");
        await forming.SayAsync(conversation, "My name is Overmind.", role: "system");
        var blocked = await forming.SayAsync(conversation, "I live in Rome.");
        var pending = await forming.SayAsync(conversation, "I like tea.");
        await forming.SayAsync(conversation, "I like milk.");
        await forming.Data.Owner.ExecuteAsync("update messages set moderation_status = 'blocked' where id = $1", blocked);
        await forming.Data.Owner.ExecuteAsync("update messages set moderation_status = 'pending' where id = $1", pending);
        await forming.FormAsync(conversation);
        (await forming.HoldsAsync()).ShouldBeEmpty();

        // What comes after one that is pending waits for it, in its order.
        await forming.Data.Owner.ExecuteAsync("update messages set moderation_status = 'approved' where id = $1", pending);
        (await JobsAsync(conversation)).ShouldBe(1);
        await forming.FormAsync(conversation);
        (await forming.HoldsAsync()).ShouldBe(["I like milk.", "I like tea."]);

        await forming.Data.Owner.ExecuteAsync("update messages set moderation_status = 'blocked' where id = $1", pending);
        (await forming.HoldsAsync()).ShouldBe(["I like milk."]);
        await forming.Data.Owner.ExecuteAsync("update messages set moderation_status = 'approved' where id = $1", blocked);
        await forming.FormAsync(conversation);
        (await forming.HoldsAsync()).ShouldBe(["I like milk.", "I live in Rome."]);
    }

    [Fact]
    public async Task A_branch_that_is_left_is_forgotten_until_somebody_comes_back()
    {
        await forming.ForgetAllAsync();
        var conversation = await forming.Data.ConversationAsync(forming.Me);
        var first = await forming.SayAsync(conversation, "My name is Ana.", 0);
        await forming.SayAsync(conversation, "I live in Oslo.", 1);
        await forming.FormAsync(conversation);
        await forming.Data.DoAsync(forming.Me, "select overmind.fork_branch($1, $2)", conversation, first);
        (await forming.HoldsAsync()).ShouldBe(["My name is Ana."]);
        await forming.SayAsync(conversation, "I live in Rome.", 2);
        await forming.FormAsync(conversation);
        (await forming.HoldsAsync()).ShouldBe(["I live in Rome.", "My name is Ana."]);

        await forming.Data.DoAsync(forming.Me, "update conversations set active_branch = 0 where id = $1", conversation);
        (await forming.HoldsAsync()).ShouldBe(["I live in Oslo.", "My name is Ana."]);
        await forming.Data.DoAsync(forming.Me, "update conversations set active_branch = 1 where id = $1", conversation);
        (await forming.HoldsAsync()).ShouldBe(["I live in Rome.", "My name is Ana."]);
        (await forming.FormAsync(conversation)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_said_otherwise_is_read_anew()
    {
        await forming.ForgetAllAsync();
        var conversation = await forming.Data.ConversationAsync(forming.Me);
        var message = await forming.SayAsync(conversation, "I live in Oslo.");
        await forming.FormAsync(conversation);
        await forming.Data.Owner.ExecuteAsync("delete from jobs");
        await forming.Data.DoAsync(forming.Me, "update messages set content = 'I live in Rome.' where id = $1", message);
        (await forming.HoldsAsync()).ShouldBeEmpty();
        (await JobsAsync(conversation)).ShouldBe(1);
        await forming.FormAsync(conversation);
        (await forming.HoldsAsync()).ShouldBe(["I live in Rome."]);
    }

    [Fact]
    public async Task A_conversation_that_is_deleted_takes_what_it_led_to_with_it()
    {
        await forming.ForgetAllAsync();
        var conversation = await forming.SaidAsync("I live in Oslo.");
        await forming.FormAsync(conversation);
        await forming.Data.DoAsync(forming.Me, "update conversations set status = 'deleted' where id = $1", conversation);
        (await forming.HoldsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task In_a_conversation_of_several_each_remembers_what_they_said_and_it_is_theirs_alone()
    {
        await forming.ForgetAllAsync();
        var conversation = await forming.Data.ConversationAsync(forming.Me);
        await forming.Data.DoAsync(forming.Me, "update conversations set visibility = 'organization' where id = $1", conversation);
        var other = forming.Data.First.OtherUser;
        await forming.SayAsync(conversation, "I live in Oslo.", 0);
        await forming.SayAsync(conversation, "I live in Rome.", 1, other);
        await forming.FormAsync(conversation);
        (await forming.HoldsAsync()).ShouldBe(["I live in Oslo."]);
        (await forming.HoldsAsync(other)).ShouldBe(["I live in Rome."]);
        (await forming.Data.OneAsync<long>(forming.Me, "select count(*) from memories where content like '%Rome%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Who_wants_none_is_read_past()
    {
        await forming.ForgetAllAsync();
        await forming.Data.Owner.ExecuteAsync("update users set preferences = '{\"memory_forming\": false}' where id = $1", forming.Me.UserId!);
        try
        {
            var conversation = await forming.SaidAsync("I live in Oslo.");
            await forming.FormAsync(conversation);
            (await forming.HoldsAsync()).ShouldBeEmpty();
            (await forming.Data.OneAsync<long>(forming.Me, "select until_seq from memory_formings where conversation_id = $1", conversation)).ShouldBe(1);
        }
        finally
        {
            await forming.Data.Owner.ExecuteAsync("update users set preferences = '{}' where id = $1", forming.Me.UserId!);
        }
    }

    [Fact]
    public async Task One_job_of_a_conversation_waits_and_the_end_of_a_session_makes_it_due()
    {
        var conversation = await forming.SaidAsync("I live in Oslo.");
        await forming.SayAsync(conversation, "I like tea.");
        (await JobsAsync(conversation)).ShouldBe(1);
        (await forming.Data.Owner.ScalarAsync<bool>("select not is_due from jobs where unique_key = $1", conversation.ToString())).ShouldBeTrue();
        var session = await forming.Data.OneAsync<Guid>(forming.Me, "insert into conversation_sessions (conversation_id) values ($1) returning id", conversation);
        await forming.Data.DoAsync(forming.Me, "insert into messages (conversation_id, session_id, role, content) values ($1, $2, 'user', 'Bye.')", conversation, session);
        await forming.Data.DoAsync(forming.Me, "update conversation_sessions set status = 'completed' where id = $1", session);
        (await forming.Data.Owner.ScalarAsync<bool>("select is_due from jobs where unique_key = $1", conversation.ToString())).ShouldBeTrue();
        (await forming.Store.PlanAsync(forming.Worker, conversation, default))!.Later.ShouldBeNull();
    }

    [Fact]
    public async Task Where_none_are_formed_no_job_is_written()
    {
        var caller = forming.Data.Second.User;
        var conversation = await forming.Data.ConversationAsync(caller);
        await forming.Data.MessageAsync(caller, conversation, "I live in Oslo.");
        (await JobsAsync(conversation)).ShouldBe(0);
    }

    Task<long> JobsAsync(Guid conversation) =>
        forming.Data.Owner.ScalarAsync<long>("select count(*) from jobs where kind = 'memory.form' and unique_key = $1 and completed_at is null", conversation.ToString());
}
