using Overmind.Tests.Postgres;

namespace Overmind.Tests.Memory;

public class ProjectMemoriesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    const string Remembered = "select string_agg(concat_ws(' ', content, memory_type, importance), ', ' order by content) from agent_memory where project_id = $1";

    [Fact]
    public async Task What_is_written_into_a_projects_array_becomes_memories_of_the_project_and_nothing_is_lost()
    {
        var project = await data.OneAsync<Guid>(
            data.Me,
            """
            insert into projects (name, memories)
            values ('Garden', jsonb_build_array(
                'Water at dawn',
                '{"content": "No peat", "type": "preference", "importance": 0.9, "createdAt": "2025-05-01T10:00:00Z", "id": "m1"}'::jsonb,
                '{"unknown": true}'::jsonb,
                repeat('x', 40000)))
            returning id
            """);
        (await data.OneAsync<string>(data.Me, Remembered, project)).ShouldBe("""No peat preference 0.9, Water at dawn semantic 0.5, {"unknown": true} semantic 0.5""");
        (await data.OneAsync<string>(
            data.Me, "select concat_ws(' ', m.metadata #>> '{project_memory,id}', m.source, m.created_at = '2025-05-01T10:00:00Z') from memories m where content = 'No peat'")).ShouldBe("m1 import t");
        // What is too long for a memory stays where it was.
        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', jsonb_array_length(memories), length(memories ->> 0)) from projects where id = $1", project)).ShouldBe("1 40000");

        // Once more, and one that is new.
        await data.DoAsync(data.Me, """update projects set memories = '["Water at dawn", "Prune in March"]' where id = $1""", project);
        (await data.OneAsync<string>(data.Me, "select string_agg(content, ', ' order by content) from agent_memory where project_id = $1 and content !~ '[{x]'", project))
            .ShouldBe("No peat, Prune in March, Water at dawn");
        (await data.OneAsync<string>(data.Me, "select memories::text from projects where id = $1", project)).ShouldBe("[]");
    }

    [Fact]
    public async Task Who_sees_a_project_sees_what_it_remembers()
    {
        var project = await data.OneAsync<Guid>(data.Me, "insert into projects (name) values ('Shared') returning id");
        await data.DoAsync(data.Me, "insert into agent_memory (project_id, content) values ($1, 'Short answers')", project);
        (await data.OneAsync<string>(data.First.OtherUser, Remembered, project)).ShouldBeNull();
        (await data.RefusedAsync(data.First.OtherUser, "insert into agent_memory (project_id, content) values ($1, 'Long answers')", project)).ShouldBe("23503");

        await data.DoAsync(data.Me, "update projects set visibility = 'organization' where id = $1", project);
        (await data.OneAsync<string>(data.First.OtherUser, Remembered, project)).ShouldBe("Short answers preference 0.5");
        await data.DoAsync(data.First.OtherUser, "insert into agent_memory (project_id, content) values ($1, 'Long answers')", project);
        await data.DoAsync(data.First.OtherUser, """update projects set memories = '["By an application"]' where id = $1""", project);
        (await data.OneAsync<long>(data.Me, "select count(*) from agent_memory where project_id = $1", project)).ShouldBe(3);

        await data.DoAsync(data.Me, "delete from projects where id = $1", project);
        (await data.OneAsync<long>(data.First.Admin, "select count(*) from memories where project_id = $1", project)).ShouldBe(0);
    }
}
