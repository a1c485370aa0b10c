using Overmind.Tests.Postgres;

namespace Overmind.Tests.Memory;

public class MemoryRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    const string Remember = "insert into memories (memory_type, content) values ($1, $2) returning id";

    [Theory]
    [InlineData("episodic", "They met in Oslo.", """{"event": "They met in Oslo."}""")]
    [InlineData("semantic", "Tea: a drink of leaves", """{"concept": "Tea", "definition": "a drink of leaves"}""")]
    [InlineData("semantic", "Likes short answers", """{"concept": "Likes short answers", "definition": "Likes short answers"}""")]
    [InlineData("procedural", "Release:\n1. Tag it\n2) Push", """{"skill": "Release", "steps": ["Tag it", "Push"]}""")]
    [InlineData("procedural", "Restart it", """{"skill": "Restart it", "steps": ["Restart it"]}""")]
    [InlineData("working", "Call Ann\n\nPay", """{"items": ["Call Ann", "Pay"], "capacity": 10}""")]
    public async Task Words_get_the_shape_of_their_type(string type, string words, string shape) =>
        (await data.OneAsync<bool>(
            data.Me, "insert into memories (memory_type, content) values ($1, $2) returning content_parts @> $3::jsonb and content = $2", type, words, shape)).ShouldBeTrue();

    [Theory]
    [InlineData("episodic", """{"event": "They met.", "temporal": "last spring", "place": "Oslo"}""", "They met.")]
    [InlineData("semantic", """{"concept": "Tea", "definition": "a drink"}""", "Tea: a drink")]
    [InlineData("procedural", """{"skill": "Release", "steps": ["Tag it", {"do": "push"}]}""", "Release\n1. Tag it\n2. {\"do\": \"push\"}")]
    [InlineData("working", """{"items": ["Call Ann", "Pay"], "capacity": 2}""", "Call Ann\nPay")]
    [InlineData("working", """{"items": [], "capacity": 3}""", "")]
    public async Task A_shape_is_told_in_words(string type, string shape, string words) =>
        (await data.OneAsync<string>(data.Me, "insert into memories (memory_type, content_parts) values ($1, $2::jsonb) returning content", type, shape)).ShouldBe(words);

    [Theory]
    [InlineData("episodic", """{"event": "They met."}""")]
    [InlineData("episodic", """{"event": 1, "temporal": "now"}""")]
    [InlineData("semantic", """{"concept": "Tea", "definition": ["a drink"]}""")]
    [InlineData("procedural", """{"skill": "Release", "steps": "Tag it"}""")]
    [InlineData("working", """{"items": ["one", "two"], "capacity": 1}""")]
    [InlineData("working", """{"items": [], "capacity": 2.5}""")]
    [InlineData("working", """{"items": "one", "capacity": "many"}""")]
    [InlineData("semantic", "[1]")]
    [InlineData("semantic", "null")]
    public async Task A_wrong_shape_is_refused(string type, string shape) =>
        (await data.RefusedAsync(data.Me, "insert into memories (memory_type, content_parts) values ($1, $2::jsonb)", type, shape)).ShouldBe("23514");

    [Fact]
    public async Task An_edit_of_one_of_the_two_changes_the_other_and_keeps_what_was_there_besides()
    {
        var id = await data.OneAsync<Guid>(
            data.Me, """insert into memories (memory_type, content_parts) values ('episodic', '{"event": "They shook hands.", "temporal": "in May", "place": "Oslo"}') returning id""");
        await data.DoAsync(data.Me, "update memories set content = 'They parted.' where id = $1", id);
        (await data.OneAsync<string>(data.Me, "select content_parts::text from memories where id = $1", id))
            .ShouldBe("""{"event": "They parted.", "place": "Oslo", "temporal": "in May"}""");
        await data.DoAsync(data.Me, """update memories set content_parts = content_parts || '{"event": "They met again."}' where id = $1""", id);
        (await data.OneAsync<string>(data.Me, "select content from memories where id = $1", id)).ShouldBe("They met again.");
    }

    [Fact]
    public async Task A_change_keeps_what_was_remembered_with_who_changed_it_and_why_and_counts_no_use_as_one()
    {
        var id = await data.OneAsync<Guid>(data.Me, Remember, "semantic", "Tea: hot");
        await using (var results = await data.Requests.SendAsync(
            data.Me, [new("set local app.change_reason = 'cooled'"), new("update memories set content = 'Tea: cold' where id = $1", id)], default))
            await results.CompleteAsync();
        await data.DoAsync(data.First.Admin, "update memories set tags = '{drink}' where id = $1", id);
        await data.DoAsync(data.Me, "update memories set access_count = 7, last_accessed_at = now() - interval '1 day' where id = $1", id);

        (await data.Requests.ListAsync<string>(
            data.Me,
            "select concat_ws('|', version_number, content, tags, changed_by = $2, change_reason) from memory_versions where memory_id = $1 order by version_number",
            [id, data.Me.UserId], default)).ShouldBe(["1|Tea: hot|{}|t", "2|Tea: cold|{}|t|cooled"]);
        (await data.OneAsync<string>(data.Me, "select concat_ws('|', version_number, content, changed_by = $2) from memories where id = $1", id, data.First.Admin.UserId!))
            .ShouldBe("3|Tea: cold|t");
    }

    [Fact]
    public async Task Being_used_or_embedded_is_no_edit()
    {
        var id = await data.OneAsync<Guid>(data.Me, Remember, "semantic", "Coffee: black");
        var before = await data.OneAsync<DateTime>(data.Me, "select updated_at from memories where id = $1", id);
        await data.DoAsync(data.Me, "update memories set access_count = 1, last_accessed_at = now() where id = $1", id);
        await data.DoAsync(data.Me, "update memories set embedding = '[1,2,3]', embedding_model_name = 'm' where id = $1", id);
        (await data.OneAsync<DateTime>(data.Me, "select updated_at from memories where id = $1", id)).ShouldBe(before);
        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', version_number, embedding_dimensions, embedded_at is not null) from memories where id = $1", id)).ShouldBe("1 3 t");

        await data.DoAsync(data.Me, "update memories set content = 'Coffee: white' where id = $1", id);
        (await data.OneAsync<bool>(
            data.Me, "select embedding is null and embedding_model_name is null and embedding_dimensions is null and updated_at > $2 from memories where id = $1", id, before)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_is_remembered_once_by_whoever_sees_it()
    {
        await data.OneAsync<Guid>(data.Me, Remember, "semantic", "Milk: white");
        (await data.RefusedAsync(data.Me, Remember, "semantic", " MILK:\n white")).ShouldBe("23505");
        // Another type, another person, another owner, what expires and working memory are not the same.
        await data.OneAsync<Guid>(data.Me, Remember, "episodic", "Milk: white");
        await data.OneAsync<Guid>(data.First.OtherUser, Remember, "semantic", "Milk: white");
        await data.OneAsync<Guid>(data.Me, "insert into memories (memory_type, content, expires_at) values ('semantic', 'Milk: white', now() + interval '1 day') returning id");
        await data.OneAsync<Guid>(data.Me, Remember, "working", "Milk");
        await data.OneAsync<Guid>(data.Me, Remember, "working", "Milk");

        const string shared = "insert into memories (owner_type, memory_type, content) values ('organization', 'semantic', 'Milk: white') returning visibility";
        (await data.OneAsync<string>(data.Me, shared)).ShouldBe("organization");
        (await data.RefusedAsync(data.First.OtherUser, shared)).ShouldBe("23505");

        // What is no longer so may become so again.
        await data.DoAsync(data.Me, "update memories set valid_until = clock_timestamp() where content = 'Milk: white' and memory_type = 'semantic' and owner_type = 'user' and user_id = $1", data.Me.UserId);
        await data.OneAsync<Guid>(data.Me, Remember, "semantic", "Milk: white");
    }

    [Fact]
    public async Task A_memory_says_where_it_comes_from_and_only_what_its_author_sees()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var message = await data.MessageAsync(data.Me, conversation, "I live in Oslo.");
        const string learn = "insert into memories (memory_type, content, source_message_id) values ('semantic', $1, $2) returning concat_ws(' ', source, source_conversation_id = $3, source_branch)";
        (await data.OneAsync<string>(data.Me, learn, "Home: Oslo", message, conversation)).ShouldBe("message t 0");
        (await data.RefusedAsync(data.First.OtherUser, learn, "Home: Oslo", message, conversation)).ShouldBe("23503");
        (await data.RefusedAsync(data.Second.User, learn, "Home: Oslo", message, conversation)).ShouldBe("23503");
        (await data.RefusedAsync(data.Me, "insert into memories (memory_type, content, source) values ('semantic', 'Hearsay', 'message')")).ShouldBe("23514");

        await data.DoAsync(data.Me, "delete from conversations where id = $1", conversation);
        (await data.OneAsync<string>(
            data.Me, "select concat_ws(' ', source, source_message_id = $2, source_conversation_id = $3) from memories where content = 'Home: Oslo' and user_id = $1", data.Me.UserId, message, conversation))
            .ShouldBe("message t t", "also when that is gone for good");
    }

    [Fact]
    public async Task What_supersedes_a_memory_ends_it()
    {
        var old = await data.OneAsync<Guid>(data.Me, Remember, "semantic", "City: Oslo");
        var now = await data.OneAsync<Guid>(data.Me, Remember, "semantic", "City: Bergen");
        await data.DoAsync(data.Me, "update memories set superseded_by = $2 where id = $1", old, now);
        (await data.OneAsync<bool>(data.Me, "select valid_until >= valid_from from memories where id = $1", old)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_shared_is_changed_by_whose_it_is_and_by_admins()
    {
        var id = await data.OneAsync<Guid>(data.Me, "insert into memories (memory_type, content, visibility) values ('semantic', 'Desk: 4', 'organization') returning id");
        await data.DoAsync(data.Me, "update memories set content = 'Desk: 5' where id = $1", id);
        (await data.OneAsync<long>(data.First.Viewer, "select count(*) from memories where id = $1", id)).ShouldBe(1);
        (await data.OneAsync<long>(data.First.OtherUser, "select count(*) from memory_versions where memory_id = $1", id)).ShouldBe(1);
        (await data.DoAsync(data.First.OtherUser, "update memories set content = 'Desk: 6' where id = $1", id)).ShouldBe(0);
        (await data.DoAsync(data.First.OtherUser, "delete from memories where id = $1", id)).ShouldBe(0);
        (await data.DoAsync(data.First.Admin, "update memories set content = 'Desk: 7' where id = $1", id)).ShouldBe(1);

        await data.DoAsync(data.Me, "update memories set visibility = 'private' where id = $1", id);
        (await data.OneAsync<long>(data.First.OtherUser, "select count(*) from memory_versions where memory_id = $1", id)).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_writes_versions_by_hand_nor_moves_a_memory_to_another_owner()
    {
        var id = await data.OneAsync<Guid>(data.Me, Remember, "semantic", "Chair: red");
        await data.DoAsync(data.Me, "update memories set content = 'Chair: blue' where id = $1", id);
        foreach (var sql in (string[])
        [
            "update memory_versions set content = 'never' where memory_id = $1",
            "delete from memory_versions where memory_id = $1",
            "update memories set version_number = 7 where id = $1",
            "update memories set owner_type = 'organization' where id = $1",
            "update memories set source = 'import' where id = $1",
            "update memories set memory_type = 'working' where id = $1",
        ])
            (await data.RefusedAsync(data.First.Admin, sql, id)).ShouldBe("42501", sql);
    }

    [Theory]
    [InlineData("content, memory_type", "repeat('x', 32769), 'semantic'", "23514")]
    [InlineData("content, memory_type", "'x', 'sensory'", "23514")]
    [InlineData("content, memory_type, importance", "'x', 'semantic', 1.01", "23514")]
    [InlineData("content, memory_type, owner_type", "'x', 'semantic', 'agent'", "23502")]
    [InlineData("content, memory_type, owner_type", "'x', 'semantic', 'team'", "23514")]
    [InlineData("content, memory_type, embedding, embedding_model_name", "'x', 'semantic', '[NaN]', 'm'", "22P02")]
    [InlineData("content, memory_type, embedding", "'x', 'semantic', '[1]'", "23514")]
    [InlineData("memory_type", "'semantic'", "23502")]
    public async Task What_is_no_memory_is_refused(string columns, string values, string state) =>
        (await data.RefusedAsync(data.Me, $"insert into memories ({columns}) values ({values})")).ShouldBeOneOf([state, "22000"]);
}
