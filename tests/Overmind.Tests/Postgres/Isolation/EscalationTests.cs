using Overmind.Postgres;

namespace Overmind.Tests.Postgres.Isolation;

/// <summary>What somebody with SQL access and a member's claims would try.</summary>
public class EscalationTests(IsolationDatabase data) : IClassFixture<IsolationDatabase>
{
    Claims Me => data.First.User;

    Claims Other => data.First.OtherUser;

    [Theory]
    [InlineData("update organization_members set role = 'admin' where user_id = overmind.user_id()")]
    [InlineData("update organization_members set left_at = null")]
    [InlineData("update organizations set name = 'Mine'")]
    public async Task A_user_gives_themselves_no_role(string attempt) => (await data.TryAsync(Me, attempt)).ShouldBe("0");

    [Theory]
    [InlineData("insert into organization_members (user_id, display_name, role) values (overmind.user_id(), 'Me', 'admin')")]
    [InlineData("delete from organization_members")]
    [InlineData("update organizations set plan = 'enterprise'")]
    [InlineData("update organizations set monthly_token_limit = null")]
    [InlineData("select count(password_hash) from users")]
    [InlineData("update users set email = 'admin@first.test'")]
    [InlineData("update users set password_hash = 'known'")]
    [InlineData("insert into users (email, name) values ('new@first.test', 'New')")]
    [InlineData("select count(*) from overmind.request_login")]
    [InlineData("select count(*) from overmind.data_protection_keys")]
    [InlineData("update conversations set user_id = overmind.user_id()")]
    [InlineData("update messages set conversation_id = id")]
    [InlineData("update messages set visibility = 'organization'")]
    [InlineData("update run_steps set run_id = id")]
    [InlineData("update token_usage set provider = 'free'")]
    [InlineData("delete from token_usage")]
    [InlineData("update jobs set status = 'completed', completed_at = now()")]
    [InlineData("update agent_configurations set created_by = overmind.user_id()")]
    [InlineData("create table public.mine (id int)")]
    [InlineData("create function overmind.user_id2() returns int language sql return 1")]
    [InlineData("set local role postgres")]
    [InlineData("select overmind.tenant_table('public.users')")]
    public async Task Nobody_is_let(string attempt)
    {
        foreach (var role in (Claims[])[Me, Me with { DatabaseRole = DatabaseRole.ServiceRole }])
            (await data.TryAsync(role, attempt)).ShouldBe("42501");
    }

    [Fact]
    public async Task Nobody_writes_in_another_persons_name()
    {
        (await data.TryAsync(Me, "insert into conversations (user_id, visibility) values ($1, 'organization')", Other.UserId)).ShouldBe("42501");
        (await data.TryAsync(Me, "insert into projects (user_id, visibility, name) values ($1, 'organization', 'Theirs')", Other.UserId)).ShouldBe("42501");
        (await data.TryAsync(Me, "insert into workflow_runs (user_id, visibility) values ($1, 'organization')", Other.UserId)).ShouldBe("42501");
        (await data.TryAsync(Me, "insert into agent_configurations (key, name, role, goal, backstory, created_by) values ('x', 'x', 'x', 'x', 'x', $1)", Other.UserId)).ShouldBe("42501");
        (await data.TryAsync(Me, "insert into token_usage (provider, model, user_id) values ('x', 'x', $1)", Other.UserId)).ShouldBe("42501");
        (await data.TryAsync(Me, "insert into jobs (kind, user_id) values ('x', $1)", Other.UserId)).ShouldBe("42501");
        var mine = await MyConversationAsync();
        (await data.TryAsync(Me, "insert into messages (conversation_id, role, content, sender_user_id) values ($1, 'user', 'I agree', $2)", mine, Other.UserId)).ShouldBe("42501");
    }

    [Fact]
    public async Task The_ids_of_another_persons_rows_are_as_unknown_as_invented_ones()
    {
        var theirs = await data.Database.ScalarAsync<Guid>("select id from conversations where user_id = $1 and visibility = 'private' limit 1", Other.UserId!);
        var run = await data.Database.ScalarAsync<Guid>("select id from workflow_runs where conversation_id = $1", theirs);
        foreach (var (conversation, runId) in ((Guid, Guid)[])[(theirs, run), (Guid.CreateVersion7(), Guid.CreateVersion7())])
        {
            (await data.TryAsync(Me, "insert into messages (conversation_id, role, content) values ($1, 'user', 'x')", conversation)).ShouldBe("23503");
            (await data.TryAsync(Me, "insert into workflow_runs (conversation_id) values ($1)", conversation)).ShouldBe("23503");
            (await data.TryAsync(Me, "insert into run_steps (run_id, step_key) values ($1, '9/observe')", runId)).ShouldBe("23503");
            (await data.TryAsync(Me, "insert into run_events (run_id, sequence_number, type) values ($1, 99, 'run.created')", runId)).ShouldBe("23503");
            (await data.TryAsync(Me, """select overmind.append_run_events($1, '[{"type": "run.created"}]')""", runId)).ShouldBe("23503");
        }
    }

    [Fact]
    public async Task Nobody_hangs_their_rows_on_another_persons_so_that_these_could_not_be_deleted()
    {
        var theirs = await data.Database.ScalarAsync<Guid>("select id from conversations where user_id = $1 and visibility = 'private' limit 1", Other.UserId!);
        var message = await data.Database.ScalarAsync<Guid>("select id from messages where conversation_id = $1 limit 1", theirs);
        var run = await data.Database.ScalarAsync<Guid>("select id from workflow_runs where conversation_id = $1", theirs);
        var project = await data.Database.ScalarAsync<Guid>("select id from projects where user_id = $1", Other.UserId!);
        var mine = await MyConversationAsync();
        (await data.TryAsync(Me, "insert into messages (conversation_id, role, content, parent_message_id) values ($1, 'user', 'x', $2)", mine, message)).ShouldBe("23503");
        (await data.TryAsync(Me, "insert into workflow_runs (conversation_id, question_message_id) values ($1, $2)", mine, message)).ShouldBe("23503");
        (await data.TryAsync(Me, "insert into synthesis_events (run_id, conversation_id, message_id, iteration) select $1, conversation_id, id, 5 from messages where conversation_id = $2 limit 1", run, mine)).ShouldBe("23503");
        (await data.TryAsync(Me, "insert into conversations (project_id) values ($1)", project)).ShouldBe("23503");
        (await data.TryAsync(Me, "update conversations set project_id = $1 where id = $2", project, mine)).ShouldBe("23503");
    }

    [Fact]
    public async Task In_a_shared_conversation_others_write_but_do_not_take_reword_or_delete()
    {
        var mine = await MyConversationAsync();
        (await data.TryAsync(Me, "update conversations set visibility = 'organization' where id = $1", mine)).ShouldBe("1");
        (await data.TryAsync(Other, "insert into messages (conversation_id, role, content) values ($1, 'user', 'May I?')", mine)).ShouldBe("1");
        (await data.Database.ScalarAsync<Guid>("select user_id from messages where conversation_id = $1 order by seq desc limit 1", mine)).ShouldBe(Me.UserId!.Value);
        (await data.Database.ScalarAsync<Guid>("select sender_user_id from messages where conversation_id = $1 order by seq desc limit 1", mine)).ShouldBe(Other.UserId!.Value);

        (await data.TryAsync(Other, "update messages set content = 'No' where conversation_id = $1 and seq = 1", mine)).ShouldBe("42501");
        (await data.TryAsync(Other, "update messages set deleted_at = now() where conversation_id = $1 and seq = 1", mine)).ShouldBe("42501");
        (await data.TryAsync(Other, "update messages set content = 'May I, please?' where conversation_id = $1 and sender_user_id = $2", mine, Other.UserId)).ShouldBe("1");
        (await data.TryAsync(Other, "delete from messages where conversation_id = $1", mine)).ShouldBe("0");
        (await data.TryAsync(Other, "update conversations set visibility = 'private' where id = $1", mine)).ShouldBe("42501");
        (await data.TryAsync(Other, "update conversations set deleted_at = now() where id = $1", mine)).ShouldBe("42501");
        (await data.TryAsync(Other, "update conversations set status = 'deleted' where id = $1", mine)).ShouldBe("42501");
        (await data.TryAsync(Other, "delete from conversations where id = $1", mine)).ShouldBe("0");
    }

    [Fact]
    public async Task A_users_agents_and_workflows_are_changed_by_them_and_by_admins()
    {
        (await data.TryAsync(Me, "update agent_configurations set backstory = 'Obey me.' where origin_key is not null")).ShouldBe("0");
        (await data.TryAsync(Me, "update agent_configurations set backstory = 'Obey me.' where created_by = $1", Other.UserId)).ShouldBe("0");
        (await data.TryAsync(Me, "update workflows set is_active = false where created_by = $1", Other.UserId)).ShouldBe("0");
        (await data.TryAsync(Me, "delete from workflow_agents where created_by is distinct from overmind.user_id()")).ShouldBe("0");
        (await data.TryAsync(Me, "insert into workflow_agents (workflow_id, agent_id, position) select w.id, a.id, 9 from workflows w, agent_configurations a where w.created_by is null and a.created_by = $1", Me.UserId)).ShouldBe("42501");
        (await data.TryAsync(Me, "update agent_configurations set backstory = 'You help well.' where created_by = $1", Me.UserId)).ShouldBe("1");
        (await data.TryAsync(data.First.Admin, "update agent_configurations set backstory = 'You help well.' where created_by = $1", Me.UserId)).ShouldBe("1");
    }

    [Fact]
    public async Task A_settled_ledger_row_stays()
    {
        (await data.TryAsync(Me, "update token_usage set status = 'settled', settled_at = now(), cost = 1 where user_id = $1", Me.UserId)).ShouldBe("1");
        (await data.TryAsync(Me, "update token_usage set cost = 0 where user_id = $1", Me.UserId)).ShouldBe("0");
        (await data.TryAsync(data.First.Admin, "update token_usage set cost = 0 where user_id = $1", Me.UserId)).ShouldBe("0");
    }

    [Fact]
    public async Task The_request_login_owns_nothing_inherits_nothing_and_bypasses_nothing()
    {
        var login = new Npgsql.NpgsqlConnectionStringBuilder(data.Database.Requests.ConnectionString).Username!;
        (await data.Database.ScalarAsync<bool>("select rolsuper or rolbypassrls or rolinherit or rolcreaterole or rolcreatedb or rolreplication from pg_roles where rolname = $1", login)).ShouldBeFalse();
        (await data.Database.ScalarAsync<long>("select count(*) from pg_shdepend where refobjid = $1::regrole and deptype = 'o'", login)).ShouldBe(0);
        await using var connection = await data.Database.Direct.OpenConnectionAsync();
        await using var command = new Npgsql.NpgsqlCommand("select count(*) from conversations", connection);
        (await Should.ThrowAsync<Npgsql.PostgresException>(command.ExecuteScalarAsync())).SqlState.ShouldBe("42501");
    }

    Task<Guid> MyConversationAsync() => data.Database.ScalarAsync<Guid>("select id from conversations where user_id = $1 order by id limit 1", Me.UserId!);
}
