using Overmind.Agents;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations;

public class ConversationSessionRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    const string Say = "insert into messages (conversation_id, session_id, role, content, tokens_used, tools) values ($1, $2, 'assistant', 'x', $3, $4::jsonb)";

    [Fact]
    public async Task A_session_counts_what_is_said_in_it()
    {
        var (conversation, session) = await BegunAsync();
        await data.DoAsync(data.Me, Say, conversation, session, 10, """[{"id": "1", "name": "look", "arguments": {}}, {"id": "2", "name": "look", "arguments": {}}]""");
        await data.DoAsync(data.Me, Say, conversation, session, 5, null);
        await data.MessageAsync(data.Me, conversation, "outside");
        (await CountsAsync(session)).ShouldBe("2 15 2");

        await data.DoAsync(data.Me, "update messages set deleted_at = now() where session_id = $1 and tokens_used = 5", session);
        (await CountsAsync(session)).ShouldBe("1 15 2");
        await data.DoAsync(data.Me, "update messages set deleted_at = null where session_id = $1", session);
        await data.DoAsync(data.Me, "delete from messages where session_id = $1 and tokens_used = 10", session);
        (await CountsAsync(session)).ShouldBe("1 15 2");
    }

    [Fact]
    public async Task Only_an_active_session_of_the_same_conversation_takes_messages()
    {
        var (conversation, session) = await BegunAsync();
        var (_, elsewhere) = await BegunAsync();
        (await data.RefusedAsync(data.Me, Say, conversation, elsewhere, 1, null)).ShouldBe("23503");
        await data.DoAsync(data.Me, "update conversation_sessions set status = 'paused' where id = $1", session);
        (await data.RefusedAsync(data.Me, Say, conversation, session, 1, null)).ShouldBe("23503");
        await data.DoAsync(data.Me, "update conversation_sessions set status = 'active' where id = $1", session);
        await data.DoAsync(data.Me, Say, conversation, session, 1, null);
    }

    [Fact]
    public async Task A_completed_session_stays_completed_and_an_abandoned_one_may_go_on()
    {
        var (_, session) = await BegunAsync();
        await data.DoAsync(data.Me, "update conversation_sessions set status = 'abandoned' where id = $1", session);
        await data.DoAsync(data.Me, "update conversation_sessions set status = 'active' where id = $1", session);
        await data.DoAsync(data.Me, "update conversation_sessions set status = 'completed' where id = $1", session);
        (await data.RefusedAsync(data.Me, "update conversation_sessions set status = 'active' where id = $1", session)).ShouldBe("23514");
        (await data.OneAsync<bool>(data.Me, "select ended_at is not null from conversation_sessions where id = $1", session)).ShouldBeTrue();
    }

    [Fact]
    public async Task Sessions_in_which_nothing_was_said_for_long_are_abandoned_and_no_others()
    {
        var (_, idle) = await BegunAsync();
        var (_, paused) = await BegunAsync();
        await data.DoAsync(data.Me, "update conversation_sessions set status = 'paused' where id = $1", paused);
        var theirs = await data.OneAsync<Guid>(
            data.Second.User, "with c as (insert into conversations default values returning id) select id from c");
        theirs = await data.OneAsync<Guid>(data.Second.User, "insert into conversation_sessions (conversation_id) values ($1) returning id", theirs);

        (await data.Owner.ScalarAsync<int>("select overmind.abandon_sessions()")).ShouldBe(0);
        (await data.Owner.ScalarAsync<int>("select overmind.abandon_sessions(clock_timestamp() + interval '31 minutes')")).ShouldBeGreaterThanOrEqualTo(2);
        (await data.Owner.ScalarAsync<string>("select string_agg(status, ' ' order by status) from conversation_sessions where id = any ($1)", new[] { idle, paused, theirs }))
            .ShouldBe("abandoned abandoned paused");
    }

    [Theory]
    [InlineData("{}", 30)]
    [InlineData("""{"session_timeout_minutes": 5}""", 5)]
    [InlineData("""{"session_timeout_minutes": 43200}""", 43200)]
    [InlineData("""{"session_timeout_minutes": 0}""", 30)]
    [InlineData("""{"session_timeout_minutes": 43201}""", 30)]
    [InlineData("""{"session_timeout_minutes": 1.5}""", 30)]
    [InlineData("""{"session_timeout_minutes": "5"}""", 30)]
    public async Task How_long_is_a_setting_of_the_organization(string settings, int minutes)
    {
        (await data.Owner.ScalarAsync<int>("select (extract(epoch from overmind.session_timeout($1::jsonb)) / 60)::integer", settings)).ShouldBe(minutes);
        OrganizationSettings.Read(settings).SessionTimeoutMinutes.ShouldBe(minutes);

        var (_, session) = await BegunAsync();
        await data.Owner.ExecuteAsync("update organizations set settings = $1::jsonb where id = $2", settings, data.First.OrganizationId);
        await data.Owner.ScalarAsync<int>("select overmind.abandon_sessions(clock_timestamp() + interval '1 minute' * $1 - interval '30 seconds')", minutes);
        (await StatusAsync(session)).ShouldBe("active");
        await data.Owner.ScalarAsync<int>("select overmind.abandon_sessions(clock_timestamp() + interval '1 minute' * $1 + interval '30 seconds')", minutes);
        (await StatusAsync(session)).ShouldBe("abandoned");
    }

    [Fact]
    public async Task What_is_said_in_a_session_does_not_change_its_version()
    {
        var (conversation, session) = await BegunAsync();
        var before = await data.OneAsync<DateTime>(data.Me, "select updated_at from conversation_sessions where id = $1", session);
        await data.DoAsync(data.Me, Say, conversation, session, 1, null);
        (await data.OneAsync<DateTime>(data.Me, "select updated_at from conversation_sessions where id = $1", session)).ShouldBe(before);
    }

    Task<string> StatusAsync(Guid session) => data.Owner.ScalarAsync<string>("select status from conversation_sessions where id = $1", session);

    async Task<(Guid Conversation, Guid Session)> BegunAsync()
    {
        var conversation = await data.ConversationAsync(data.Me);
        return (conversation, await data.OneAsync<Guid>(data.Me, "insert into conversation_sessions (conversation_id) values ($1) returning id", conversation));
    }

    Task<string> CountsAsync(Guid session) =>
        data.OneAsync<string>(data.Me, "select concat_ws(' ', message_count, total_tokens_used, tool_calls_count) from conversation_sessions where id = $1", session);
}
