using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Tenancy;

public class OrganizationRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task A_new_organization_has_its_admin_six_agents_and_a_workflow()
    {
        var made = await data.OneAsync<Made>(Claims.Service, "select * from overmind.create_organization('New', 'new', 'new@new.test', 'New Admin', 'hash')");
        var admin = new Claims(made.OrganizationId, made.UserId, OrganizationRole.Admin);

        (await data.OneAsync<string>(admin, "select display_name || ' ' || role from organization_members")).ShouldBe("New Admin admin");
        (await data.Requests.ListAsync<string>(admin,
            """
            select a.key
            from workflow_templates t
            cross join unnest(t.agent_ids) with ordinality as member (agent_id, place)
            join agent_configurations a on a.id = member.agent_id
            where t.name = 'General Problem Solving' and t.is_template and t.category = 'general' and t.execution_mode = 'parallel'
            order by member.place
            """, [], default)).ShouldBe(["creative", "structural", "alignment", "decision", "recovery", "boundary"]);
    }

    [Fact]
    public async Task Who_has_an_account_keeps_it_with_its_password()
    {
        await data.Owner.ExecuteAsync("update users set password_hash = 'mine' where id = $1", data.First.Admin.UserId!);
        var made = await data.OneAsync<Made>(Claims.Service, "select * from overmind.create_organization('Also mine', 'also-mine', 'ADMIN@first.test', 'Boss', 'theirs')");
        made.UserId.ShouldBe(data.First.Admin.UserId!.Value);
        (await data.Owner.ScalarAsync<string>("select password_hash from users where id = $1", made.UserId)).ShouldBe("mine");
    }

    [Fact]
    public async Task A_slug_is_taken_once_and_nothing_is_left_of_the_second()
    {
        (await data.RefusedAsync(Claims.Service, "select overmind.create_organization('Twice', 'first', 'twice@twice.test', 'Twice', null)")).ShouldBe("23505");
        (await data.Owner.ScalarAsync<long>("select count(*) from users where email = 'twice@twice.test'")).ShouldBe(0);
    }

    [Fact]
    public async Task Seeding_again_changes_nothing_upgrades_older_copies_and_leaves_ones_own()
    {
        var organization = data.Second.OrganizationId;
        var before = await StateAsync();
        await SeedAsync();
        (await StateAsync()).ShouldBe(before);

        await data.Owner.ExecuteAsync(
            """
            update agent_configurations set origin_version = 0, backstory = 'Old.' where organization_id = $1 and key = 'creative'
            """, organization);
        await data.Owner.ExecuteAsync("update workflows set origin_version = 0 where organization_id = $1", organization);
        await data.Owner.ExecuteAsync("update agent_configurations set deleted_at = now() where organization_id = $1 and key = 'recovery'", organization);
        await SeedAsync();

        (await data.Owner.ScalarAsync<string>("select backstory from agent_configurations where organization_id = $1 and key = 'creative'", organization)).ShouldStartWith("You are a creative thinker");
        (await data.Owner.ScalarAsync<long>("select count(*) from agent_configurations where organization_id = $1 and deleted_at is null", organization)).ShouldBe(5);
        (await data.Owner.ScalarAsync<string>("select string_agg(version || ':' || is_active, ' ' order by version) from workflows where organization_id = $1", organization)).ShouldBe("1:false 2:true");
        (await data.Owner.ScalarAsync<int>("select cardinality(agent_ids) from workflow_templates where organization_id = $1", organization)).ShouldBe(5);

        Task<string> StateAsync() => data.Owner.ScalarAsync<string>(
            "select string_agg(a.id || a.updated_at::text, ',' order by a.id) || (select string_agg(w.id || w.updated_at::text, ',') from workflows w where w.organization_id = $1) from agent_configurations a where a.organization_id = $1",
            organization);

        Task<int> SeedAsync() => data.DoAsync(Claims.Service, "select overmind.seed_organization($1)", organization);
    }

    [Fact]
    public async Task An_upgrade_leaves_what_the_organization_reworded_or_replaced()
    {
        var made = await data.OneAsync<Made>(Claims.Service, "select * from overmind.create_organization('Kept', 'kept', 'kept@kept.test', 'Admin', 'hash')");
        var admin = new Claims(made.OrganizationId, made.UserId, OrganizationRole.Admin);
        await data.DoAsync(admin, "update agent_configurations set backstory = 'Ours.' where key = 'creative'");
        await data.DoAsync(admin, "update agent_configurations set is_active = false where key = 'decision'");
        await data.DoAsync(admin, "insert into workflows (key, name, version, is_active) values ('general-problem-solving', 'Ours', 2, false)");
        await data.DoAsync(admin, "select overmind.activate_workflow('general-problem-solving', 2)");
        // As if they were of an older version of the product.
        await data.Owner.ExecuteAsync("update agent_configurations set origin_version = 0 where organization_id = $1", made.OrganizationId);
        await data.Owner.ExecuteAsync("update workflows set origin_version = 0 where organization_id = $1 and origin_key is not null", made.OrganizationId);

        await data.DoAsync(Claims.Service, "select overmind.seed_organization($1)", made.OrganizationId);

        (await data.OneAsync<string>(admin, "select backstory || origin_version from agent_configurations where key = 'creative'")).ShouldBe("Ours.0");
        (await data.OneAsync<int>(admin, "select origin_version from agent_configurations where key = 'decision'")).ShouldBe(1);
        (await data.OneAsync<string>(admin, "select string_agg(version || ':' || is_active, ' ' order by version) from workflows")).ShouldBe("1:false 2:true 3:false");

        await data.DoAsync(admin, "update workflows set deleted_at = now()");
        await data.Owner.ExecuteAsync("update workflows set origin_version = 0 where organization_id = $1 and origin_key is not null", made.OrganizationId);
        await data.DoAsync(Claims.Service, "select overmind.seed_organization($1)", made.OrganizationId);
        (await data.OneAsync<long>(admin, "select count(*) from workflows where deleted_at is null")).ShouldBe(0);
    }

    [Fact]
    public async Task Supabases_names_of_the_claims_answer_too()
    {
        (await data.OneAsync<string>(data.Me, "select auth.uid() || ' ' || auth.org_id() || ' ' || auth.role() || ' ' || (auth.jwt() ->> 'org_role')"))
            .ShouldBe($"{data.Me.UserId} {data.First.OrganizationId} authenticated user");
        var jwt = $$"""{"sub": "{{data.Me.UserId}}", "org_id": "{{data.First.OrganizationId}}", "org_role": "user"}""";
        await using var results = await data.Requests.SendAsync(
            Claims.None, [new Statement("select set_config('request.jwt.claims', $1, true)", jwt), new Statement("select count(*) from organizations where id = auth.org_id()")], default);
        await results.FindAsync<string>();
        (await results.FindAsync<long>()).ShouldBe(1);
    }

    sealed record Made(Guid OrganizationId, Guid UserId);
}
