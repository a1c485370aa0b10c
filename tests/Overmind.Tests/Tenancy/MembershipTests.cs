using Npgsql;
using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Tenancy;

public class MembershipTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task Of_many_who_join_at_once_no_more_become_members_than_there_is_room_for()
    {
        var tenant = await TestTenant.CreateAsync(data.Owner, "full");
        await data.Owner.ExecuteAsync("update organizations set max_users = 7 where id = $1", tenant.OrganizationId);
        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PersonAsync($"{i}@join.test")));

        var outcomes = await Task.WhenAll(people.Select(person => JoinAsync(tenant.OrganizationId, person)));

        outcomes.Count(outcome => outcome == "joined").ShouldBe(3);
        outcomes.Count(outcome => outcome == "OV003").ShouldBe(5);
        (await data.Owner.ScalarAsync<long>("select count(*) from organization_members where organization_id = $1 and left_at is null", tenant.OrganizationId)).ShouldBe(7);
    }

    [Fact]
    public async Task Who_is_a_member_already_stays_one_as_they_are()
    {
        (await JoinAsync(data.First.OrganizationId, data.First.Viewer.UserId!.Value)).ShouldBe("stayed");
        (await data.Owner.ScalarAsync<string>("select role from organization_members where user_id = $1", data.First.Viewer.UserId!)).ShouldBe("viewer");
    }

    [Fact]
    public async Task Who_comes_back_has_the_free_tier_again_but_no_keys_and_no_grants()
    {
        var tenant = await TestTenant.CreateAsync(data.Owner, "returns");
        await data.DoAsync(tenant.User, "insert into api_keys (name, key_hash, key_prefix) values ('Key', repeat('a', 64), 'sk_live_12345678')");
        await data.DoAsync(tenant.Admin, """update organization_members set permissions = '["members.manage"]' where user_id = $1""", tenant.User.UserId);
        await data.DoAsync(tenant.Admin, "select overmind.remove_member((select id from organization_members where user_id = $1))", tenant.User.UserId);

        (await data.Owner.ScalarAsync<bool>("select revoked_at is not null and not is_active from api_keys where user_id = $1", tenant.User.UserId!)).ShouldBeTrue();
        (await data.Owner.ScalarAsync<string>("select status from user_subscriptions where user_id = $1", tenant.User.UserId!)).ShouldBe("ended");

        (await JoinAsync(tenant.OrganizationId, tenant.User.UserId!.Value)).ShouldBe("joined");
        (await data.Owner.ScalarAsync<bool>("select is_active from api_keys where user_id = $1", tenant.User.UserId!)).ShouldBeFalse();
        (await data.Owner.ScalarAsync<string>("select permissions::text from organization_members where user_id = $1", tenant.User.UserId!)).ShouldBe("[]");
        (await data.Owner.ScalarAsync<string>("select string_agg(status, ' ' order by created_at) from user_subscriptions where user_id = $1", tenant.User.UserId!)).ShouldBe("ended active");
    }

    [Fact]
    public async Task The_last_admin_neither_leaves_nor_becomes_something_else()
    {
        var tenant = await TestTenant.CreateAsync(data.Owner, "last-admin");
        (await data.RefusedAsync(tenant.Admin, "update organization_members set role = 'user' where user_id = overmind.user_id()")).ShouldBe("OV004");
        (await data.RefusedAsync(tenant.Admin, "select overmind.remove_member((select id from organization_members where user_id = overmind.user_id()))")).ShouldBe("OV004");

        await data.DoAsync(tenant.Admin, "update organization_members set role = 'admin' where user_id = $1", tenant.User.UserId);
        await data.DoAsync(tenant.Admin, "select overmind.remove_member((select id from organization_members where user_id = overmind.user_id()))");
        (await data.RefusedAsync(tenant.User with { Role = OrganizationRole.Admin }, "update organization_members set left_at = now() where user_id = overmind.user_id()")).ShouldBe("OV004");
    }

    [Fact]
    public async Task Of_two_admins_who_leave_at_once_one_stays()
    {
        var tenant = await TestTenant.CreateAsync(data.Owner, "two-admins");
        await data.DoAsync(tenant.Admin, "update organization_members set role = 'admin' where user_id = $1", tenant.User.UserId);
        var leaving = await Task.WhenAll(new[] { tenant.Admin, tenant.User with { Role = OrganizationRole.Admin } }.Select(LeaveAsync));
        leaving.Order().ShouldBe(["OV004", "left"]);

        async Task<string> LeaveAsync(Claims member)
        {
            try
            {
                await data.DoAsync(member, "select overmind.remove_member((select id from organization_members where user_id = overmind.user_id()))");
                return "left";
            }
            catch (PostgresException refused)
            {
                return refused.SqlState;
            }
        }
    }

    [Fact]
    public async Task Who_manages_members_makes_no_admin_of_themselves_or_anybody()
    {
        var tenant = await TestTenant.CreateAsync(data.Owner, "manager");
        await data.DoAsync(tenant.Admin, """update organization_members set permissions = '["members.manage"]' where user_id = $1""", tenant.User.UserId);

        (await data.DoAsync(tenant.User, "update organization_members set role = 'viewer' where user_id = $1", tenant.OtherUser.UserId)).ShouldBe(1);
        (await data.RefusedAsync(tenant.User, "update organization_members set role = 'admin' where user_id = $1", tenant.OtherUser.UserId)).ShouldBe("42501");
        (await data.RefusedAsync(tenant.User, "update organization_members set role = 'admin' where user_id = overmind.user_id()")).ShouldBe("42501");
        (await data.RefusedAsync(tenant.User, "update organization_members set role = 'viewer' where user_id = $1", tenant.Admin.UserId)).ShouldBe("42501");
        (await data.RefusedAsync(tenant.User, "update organization_members set left_at = now() where user_id = $1", tenant.Admin.UserId)).ShouldBe("42501");
        (await data.RefusedAsync(tenant.User, """update organization_members set permissions = '["organization.manage"]' where user_id = overmind.user_id()""")).ShouldBe("42501");
        (await data.DoAsync(tenant.OtherUser, "update organization_members set role = 'user' where user_id = $1", tenant.Viewer.UserId)).ShouldBe(0);
    }

    [Fact]
    public async Task A_profile_is_seen_by_the_members_of_each_organization_and_written_by_its_person()
    {
        var tenant = await TestTenant.CreateAsync(data.Owner, "profile");
        (await data.DoAsync(tenant.User, "insert into user_profiles (id, display_name, timezone) values (auth.uid(), 'Alice', 'Europe/Paris')")).ShouldBe(1);
        (await data.OneAsync<string>(tenant.Viewer, "select display_name || ' ' || timezone from user_profiles where id = $1", tenant.User.UserId)).ShouldBe("Alice Europe/Paris");
        (await data.RefusedAsync(tenant.Admin, "update user_profiles set display_name = 'Mallory' where id = $1", tenant.User.UserId)).ShouldBe("42501");
    }

    [Fact]
    public async Task Activity_is_written_at_most_once_a_minute_and_is_no_change_of_the_row()
    {
        var tenant = await TestTenant.CreateAsync(data.Owner, "active");
        var at = new DateTime(2030, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        var before = await RowAsync("updated_at");
        await RecordAsync(at);
        await RecordAsync(at.AddSeconds(59));
        (await RowAsync("last_active_at")).ShouldBe(at);
        await RecordAsync(at.AddSeconds(60));
        (await RowAsync("last_active_at")).ShouldBe(at.AddSeconds(60));
        (await RowAsync("updated_at")).ShouldBe(before);

        Task RecordAsync(DateTime time) => data.DoAsync(
            Claims.Service, "select overmind.record_activity($1, $2, $3)",
            new[] { tenant.OrganizationId, tenant.OrganizationId }, new[] { tenant.User.UserId!.Value, tenant.User.UserId!.Value }, new[] { time, time.AddHours(-1) });

        Task<DateTime> RowAsync(string column) => data.Owner.ScalarAsync<DateTime>($"select {column} from organization_members where user_id = $1", tenant.User.UserId!);
    }

    [Fact]
    public async Task A_deleted_organization_is_purged_with_everything_under_it_and_no_other_is()
    {
        var tenant = await TestTenant.CreateAsync(data.Owner, "purged");
        await SampleRowsOf(tenant.User);
        (await data.Owner.ScalarAsync<bool>("select overmind.purge_organization($1)", tenant.OrganizationId)).ShouldBeTrue();
        (await data.Owner.ScalarAsync<long>("select count(*) from organizations where id = $1", tenant.OrganizationId)).ShouldBe(1);

        await data.Owner.ExecuteAsync("select overmind.set_organization_state($1, 'deleted')", tenant.OrganizationId);
        (await data.Owner.ScalarAsync<long>("select count(*) from overmind.organizations_to_purge(now() + interval '1 minute') as o (id) where id = $1", tenant.OrganizationId)).ShouldBe(1);
        while (!await data.Owner.ScalarAsync<bool>("select overmind.purge_organization($1)", tenant.OrganizationId))
        {
        }

        var tables = await data.Owner.ScalarAsync<string[]>(
            "select array_agg(p.polrelid::regclass::text) from pg_policy p where p.polname = 'tenant_isolation' and p.polrelid::regclass::text !~ '^audit_'");
        foreach (var table in tables)
            (await data.Owner.ScalarAsync<long>($"select count(*) from {table} where organization_id = $1", tenant.OrganizationId)).ShouldBe(0, table);
        (await data.Owner.ScalarAsync<long>("select count(*) from organizations where id = $1", tenant.OrganizationId)).ShouldBe(0);
        (await data.Owner.ScalarAsync<long>("select count(*) from organization_members where organization_id = $1", data.First.OrganizationId)).ShouldBe(4);
        (await data.Owner.ScalarAsync<long>("select count(*) from users where id = $1", tenant.User.UserId!)).ShouldBe(1);
    }

    Task SampleRowsOf(Claims person) => SampleRows.WriteAsync(data.Owner, person);

    Task<Guid> PersonAsync(string email) => data.Owner.ScalarAsync<Guid>("insert into users (email, name) values ($1, $1) returning id", email);

    async Task<string> JoinAsync(Guid organization, Guid person)
    {
        try
        {
            return await data.OneAsync<bool>(Claims.Service, "select joined from overmind.join_organization($1, $2, 'user')", organization, person) ? "joined" : "stayed";
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }
}
