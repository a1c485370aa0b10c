using Overmind.Tests.Postgres;

namespace Overmind.Tests.Memory;

public class MemoryViewsTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task An_episode_is_written_changed_and_deleted_through_its_view()
    {
        var id = await data.OneAsync<Guid>(
            data.Me,
            """
            insert into episodic_memories (content, embedding, embedding_model, importance_score)
            values ('We launched.', '[1,0]', 'text-embedding-ada-002', 0.7)
            returning id
            """);
        (await data.OneAsync<string>(
            data.Me, "select concat_ws(' ', content, embedding_model_name, embedding_dimensions, importance_score, round(recency_score::numeric, 3)) from episodic_memories where id = $1", id))
            .ShouldBe("We launched. text-embedding-ada-002 2 0.7 1.000");

        await data.DoAsync(data.Me, "update episodic_memories set embedding = '[1,0,0]', embedding_model_name = 'text-embedding-3-large' where id = $1", id);
        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', embedding_model_name, embedding_dimensions, version_number) from memories where id = $1", id)).ShouldBe("text-embedding-3-large 3 1");
        (await data.DoAsync(data.First.OtherUser, "update episodic_memories set content = 'Mine.' where id = $1", id)).ShouldBe(0);

        (await data.DoAsync(data.Me, "delete from episodic_memories where id = $1", id)).ShouldBe(1);
        (await data.OneAsync<long>(data.Me, "select count(*) from episodic_memories where id = $1", id)).ShouldBe(0);
        (await data.OneAsync<bool>(data.Me, "select deleted_at is not null from memories where id = $1", id)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_recency_that_is_written_is_the_one_that_is_read_and_fades_from_there()
    {
        var id = await data.OneAsync<Guid>(data.Me, "insert into episodic_memories (content, recency_score) values ('It rained.', 0.4) returning id");
        const string read = "select round(recency_score::numeric, 3)::text from episodic_memories where id = $1";
        (await data.OneAsync<string>(data.Me, read, id)).ShouldBe("0.400");
        await data.DoAsync(data.Me, "update episodic_memories set recency_score = 0.8 where id = $1", id);
        (await data.OneAsync<string>(data.Me, read, id)).ShouldBe("0.800");
        await data.DoAsync(data.Me, "update memories set last_accessed_at = last_accessed_at - interval '30 days' where id = $1", id);
        (await data.OneAsync<string>(data.Me, read, id)).ShouldBe("0.400");
        (await data.RefusedAsync(data.Me, "update episodic_memories set recency_score = 1.2 where id = $1", id)).ShouldBe("23514");
    }

    [Fact]
    public async Task A_vector_unlike_the_others_of_its_model_is_told()
    {
        var all = await data.OneAsync<Guid[]>(
            data.Me,
            """
            with made as (
                insert into memories (memory_type, content, embedding, embedding_model_name)
                select 'episodic', 'Vector ' || v, v::vector, 'sized' from unnest('{"[1,2]","[2,1]","[1,2,3]"}'::text[]) as v
                returning id)
            select array_agg(id) from made
            """);
        (await data.OneAsync<string>(
            data.Me, "select string_agg(embedding_dimensions || ' for ' || expected_dimensions, ', ') from episodic_memory_embedding_mismatches where id = any ($1)", all)).ShouldBe("3 for 2");
        (await data.OneAsync<long>(data.Second.User, "select count(*) from episodic_memory_embedding_mismatches")).ShouldBe(0);
    }

    [Fact]
    public async Task What_agents_remember_is_written_in_the_shape_of_its_type()
    {
        var agent = await data.OneAsync<Guid>(data.Me, "select id from agent_configurations limit 1");
        var id = await data.OneAsync<Guid>(
            data.Me,
            """
            insert into agent_memories (agent_id, memory_type, content, embeddings)
            values ($1, 'semantic', '{"concept": "Tea", "definition": "a drink"}', '[1,2]')
            returning id
            """, agent);
        await data.DoAsync(data.Me, """update agent_memories set content = content || '{"definition": "a hot drink"}', importance = 0.9 where id = $1""", id);
        (await data.OneAsync<string>(data.Me, "select concat_ws('|', content, owner_type, source, visibility, importance, version_number, embedding_model_name) from memories where id = $1", id))
            .ShouldBe("Tea: a hot drink|agent|agent|private|0.9|2");
        (await data.RefusedAsync(data.Me, """insert into agent_memories (agent_id, memory_type, content) values ($1, 'episodic', '{"event": "x"}')""", agent)).ShouldBe("23514");
        (await data.RefusedAsync(data.Second.User, """insert into agent_memories (agent_id, memory_type, content) values ($1, 'working', '{"items": [], "capacity": 1}')""", agent)).ShouldBe("23503");
        await data.DoAsync(data.Me, "delete from agent_memories where id = $1", id);
        (await data.OneAsync<long>(data.Me, "select count(*) from agent_memories where id = $1", id)).ShouldBe(0);
    }

    [Fact]
    public async Task What_expired_is_in_no_view()
    {
        await data.DoAsync(data.Me, "insert into memories (memory_type, content, expires_at) values ('episodic', 'Gone.', now() - interval '1 second')");
        (await data.OneAsync<long>(data.Me, "select count(*) from episodic_memories where content = 'Gone.'")).ShouldBe(0);
    }
}
