using Npgsql;
using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Access;

public class ApiKeyRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task A_key_is_its_members_while_everything_is_in_force()
    {
        var hash = await KeyAsync();
        (await WhoAsync(data.First.OrganizationId, hash)).ShouldBe($"{data.Me.UserId} user");
        (await WhoAsync(data.Second.OrganizationId, hash)).ShouldBeNull();

        foreach (var (break_, mend) in ((string, string)[])
        [
            ("update api_keys set is_active = false where key_hash = $1", "update api_keys set is_active = true where key_hash = $1"),
            ("update api_keys set revoked_at = now() where key_hash = $1", "update api_keys set revoked_at = null where key_hash = $1"),
            ("update api_keys set expires_at = now() where key_hash = $1", "update api_keys set expires_at = now() + interval '1 hour' where key_hash = $1"),
            ("update organizations set deleted_at = now() where id = (select organization_id from api_keys where key_hash = $1)", "update organizations set deleted_at = null where $1 <> ''"),
            ("update users set deleted_at = now() where id = (select user_id from api_keys where key_hash = $1)", "update users set deleted_at = null where $1 <> ''"),
        ])
        {
            await data.Owner.ExecuteAsync(break_, hash);
            (await WhoAsync(data.First.OrganizationId, hash)).ShouldBeNull(break_);
            await data.Owner.ExecuteAsync(mend, hash);
            (await WhoAsync(data.First.OrganizationId, hash)).ShouldNotBeNull(mend);
        }
    }

    [Fact]
    public async Task Every_node_hears_that_a_key_or_its_members_role_changed_and_not_that_it_was_used()
    {
        var hash = await KeyAsync();
        var id = await data.Owner.ScalarAsync<Guid>("select id from api_keys where key_hash = $1", hash);
        await using var listener = await data.Owner.Direct.OpenConnectionAsync();
        var heard = 0;
        listener.Notification += (_, notification) => heard += notification.Payload == id.ToString() ? 1 : 0;
        await RunAsync(listener, "listen api_key_changed");

        await data.DoAsync(Claims.Service, "select overmind.touch_api_keys(array[$1], array[$2], array[3::bigint], array[now()])", data.First.OrganizationId, id);
        await data.DoAsync(data.Me, "update api_keys set revoked_at = now() where id = $1", id);
        await HeardAsync(1);
        await data.DoAsync(data.First.Admin, "update organization_members set role = 'viewer' where user_id = $1", data.Me.UserId);
        await HeardAsync(2);
        await data.DoAsync(data.First.Admin, "update organization_members set role = 'user' where user_id = $1", data.Me.UserId);
        await HeardAsync(3);
        await data.DoAsync(data.Me, "delete from api_keys where id = $1", id);
        await HeardAsync(4);

        async Task HeardAsync(int times)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            while (heard < times)
                await listener.WaitAsync(patience.Token);
            heard.ShouldBe(times);
        }
    }

    [Fact]
    public async Task Uses_are_added_in_batches_and_the_latest_time_stays()
    {
        var hash = await KeyAsync();
        var id = await data.Owner.ScalarAsync<Guid>("select id from api_keys where key_hash = $1", hash);
        var organization = data.First.OrganizationId;
        await data.DoAsync(Claims.Service,
            "select overmind.touch_api_keys(array[$1, $1], array[$2, $2], array[3::bigint, 4], array[timestamptz '2030-01-02 00:00Z', '2030-01-01 00:00Z'])", organization, id);
        (await data.OneAsync<string>(data.Me, "select usage_count || ' ' || last_used_at::date from api_keys where id = $1", id)).ShouldBe("7 2030-01-02");
    }

    [Fact]
    public async Task Sign_in_finds_a_member_by_address_whatever_its_case_and_nobody_else()
    {
        await data.Owner.ExecuteAsync("update users set password_hash = 'hash' where email = 'user@first.test'");
        (await data.OneAsync<string>(Claims.Service, "select user_id || ' ' || organization_id || ' ' || role || ' ' || password_hash from overmind.find_sign_in('USER@first.test')"))
            .ShouldBe($"{data.Me.UserId} {data.First.OrganizationId} user hash");
        (await data.OneAsync<long>(Claims.Service, "select count(*) from overmind.find_sign_in('nobody@first.test')")).ShouldBe(0);
        (await data.OneAsync<long>(Claims.Service, "select count(*) from overmind.find_sign_in('%')")).ShouldBe(0);
    }

    [Fact]
    public async Task The_key_ring_is_shared_and_a_key_is_never_replaced()
    {
        await data.DoAsync(Claims.Service, "select overmind.add_data_protection_key('key-1', '<key/>')");
        await data.DoAsync(Claims.Service, "select overmind.add_data_protection_key('key-1', '<other/>')");
        (await data.OneAsync<string>(Claims.Service, "select string_agg(xml, '') from overmind.read_data_protection_keys()")).ShouldBe("<key/>");
        (await data.RefusedAsync(data.First.Admin, "select overmind.read_data_protection_keys()")).ShouldBe("42501");
    }

    async Task<string> KeyAsync()
    {
        var hash = Guid.CreateVersion7().ToString("n") + Guid.CreateVersion7().ToString("n");
        await data.DoAsync(data.Me, "insert into api_keys (name, key_hash, key_prefix) values ('Key', $1, 'ovm_12345678')", hash);
        return hash;
    }

    Task<string?> WhoAsync(Guid organization, string hash) => data.Requests.FindAsync<string>(
        Claims.Service, "select user_id || ' ' || role from overmind.authenticate_api_key($1, $2)", [organization, hash], default);

    static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
