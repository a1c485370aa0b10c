using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations;

public class ContextTemplateRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    const string Segments = """[{"name": "rules", "role": "system", "content": "You help {{who}}."}]""";

    [Fact]
    public async Task Another_wording_keeps_the_earlier_one_and_its_number()
    {
        var id = await TemplateAsync("Versions");
        await data.DoAsync(data.Me, "update context_templates set total_tokens = 5 where id = $1", id);
        await data.DoAsync(data.Me, "update context_templates set description = 'For all.', use_cases = '{support}' where id = $1", id);
        (await VersionAsync(id)).ShouldBe("1 0");
        await data.DoAsync(data.Me, "update context_templates set segments = jsonb_set(segments, '{0,content}', '\"Help {{who}}.\"') where id = $1", id);
        (await VersionAsync(id)).ShouldBe("2 1");
        (await data.OneAsync<bool>(
            data.Me,
            """
            select v.version = 1 and v.segments = $2::jsonb and v.total_tokens = 5 and v.replaced_by = $3 and t.total_tokens is null
            from context_templates t
            join context_template_versions v on v.template_id = t.id
            where t.id = $1
            """,
            id, Segments, data.Me.UserId)).ShouldBeTrue();
        (await data.RefusedAsync(data.Me, "update context_template_versions set segments = '[]' where template_id = $1", id)).ShouldBe("42501");
        (await data.RefusedAsync(data.Me, "update context_templates set version = 9 where id = $1", id)).ShouldBe("42501");
    }

    [Fact]
    public async Task A_name_is_one_templates_while_it_is_not_deleted()
    {
        var first = await TemplateAsync("Name");
        (await data.RefusedAsync(data.Me, "insert into context_templates (name, segments) values ('Name', $1::jsonb)", Segments)).ShouldBe("23505");
        await data.DoAsync(data.Me, "update context_templates set deleted_at = now() where id = $1", first);
        await TemplateAsync("Name");
        (await data.RefusedAsync(data.Me, "update context_templates set deleted_at = null where id = $1", first)).ShouldBe("23505");
        await data.DoAsync(data.Second.User, "insert into context_templates (name, segments) values ('Name', $1::jsonb)", Segments);
    }

    [Fact]
    public async Task Uses_are_told_at_once_and_counted_once()
    {
        // Those of the tests before this one.
        await data.Owner.ScalarAsync<long>("select overmind.fold_template_uses()");
        var id = await TemplateAsync("Uses");
        var before = await data.OneAsync<DateTime>(data.Me, "select updated_at from context_templates where id = $1", id);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await BeginAsync(id, await data.ConversationAsync(data.Me))));
        (await UsesAsync(id)).ShouldBe("0 20");
        (await data.Owner.ScalarAsync<long>("select overmind.fold_template_uses()")).ShouldBe(20);
        (await UsesAsync(id)).ShouldBe("20 0");
        (await data.Owner.ScalarAsync<long>("select overmind.fold_template_uses()")).ShouldBe(0);
        (await data.OneAsync<DateTime>(data.Me, "select updated_at from context_templates where id = $1", id)).ShouldBe(before);
    }

    [Fact]
    public async Task A_conversation_begins_once()
    {
        var id = await TemplateAsync("Begins");
        var conversation = await data.ConversationAsync(data.Me);
        (await BeginAsync(id, conversation)).ShouldBe(2);
        (await BeginAsync(id, conversation)).ShouldBe(0);
        (await UsesAsync(id)).ShouldBe("0 1");
        (await data.OneAsync<string>(
            data.Me,
            "select string_agg(concat_ws(' ', seq, role, content, window_tokens, moderation_status), ', ' order by seq) from messages where conversation_id = $1",
            conversation)).ShouldBe("1 system You help me. 9 approved, 2 user Hello.");
        (await data.OneAsync<long>(data.Me, "select rolling_tokens from conversations where id = $1", conversation)).ShouldBe(11);
    }

    Task<Guid> TemplateAsync(string name) => data.OneAsync<Guid>(
        data.Me, "insert into context_templates (name, segments, variables) values ($1, $2::jsonb, '[{\"name\": \"who\", \"type\": \"string\"}]') returning id", name, Segments);

    Task<int> BeginAsync(Guid template, Guid conversation) => data.OneAsync<int>(
        data.Me,
        """
        select overmind.begin_conversation($1, $2, '[
            {"role": "system", "content": "You help me.", "window_tokens": 9, "moderation": "{\"status\": \"approved\", \"flags\": []}"},
            {"role": "user", "content": "Hello."}]')
        """,
        conversation, template);

    Task<string> VersionAsync(Guid id) => data.OneAsync<string>(
        data.Me, "select t.version || ' ' || (select count(*) from context_template_versions v where v.template_id = t.id) from context_templates t where t.id = $1", id);

    Task<string> UsesAsync(Guid id) => data.OneAsync<string>(
        data.Me, "select use_count || ' ' || overmind.pending_template_uses(id) from context_templates where id = $1", id);
}
